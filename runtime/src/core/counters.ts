/** What has happened since the server was made. */
export interface Counters {
  /** Connections that were accepted. */
  readonly connections: number
  /** Messages that came in, and that went out; heartbeats included. */
  readonly received: number
  readonly sent: number
  /** Messages that were refused as bad ones, those that came too often included. */
  readonly refused: number
  /** Messages with the policy `drop` that were not sent to a connection that did not keep up. */
  readonly dropped: number
  /** Messages with the policy `latest` that gave way to a newer one. */
  readonly replaced: number
  /** Messages to connections that were closing or closed already. */
  readonly unsent: number
  /** Connections that were closed with 4002 because they did not keep up. */
  readonly slowConsumers: number
}

export type MutableCounters = { -readonly [Name in keyof Counters]: Counters[Name] }

export function createCounters(): MutableCounters {
  return {
    connections: 0,
    received: 0,
    sent: 0,
    refused: 0,
    dropped: 0,
    replaced: 0,
    unsent: 0,
    slowConsumers: 0,
  }
}
