import type { Clock, MaybePromise, Random } from '@wirepact/protocol'
import type { RouteDefinition } from '../definition.js'
import type { Debug, ReconnectOptions } from '../options.js'
import type { Signals } from './connection/signals.js'
import type { WebSocketConstructor } from './web-socket.js'

/** What every connection of a client is made with: the options with their defaults, and the platform. */
export interface ClientSetting {
  /** The hash of the schema that the client was made from. */
  readonly contract: string
  readonly clock: Clock
  readonly random: Pick<Random, 'next'>
  readonly signals: Signals | undefined
  readonly auth: (() => Promise<string | undefined>) | undefined
  readonly reconnect: Required<ReconnectOptions> | false
  readonly connectTimeoutMs: number
  readonly callTimeoutMs: number
  readonly maxPendingCalls: number
  readonly maxQueuedMessages: number
  readonly maxBufferedBytes: number
  readonly maxUnacknowledged?: number
  readonly debug?: Debug
  /** Asked once per socket. */
  findWebSocket(): MaybePromise<WebSocketConstructor>
  /** Takes what a listener threw, where nobody listens for errors. */
  report(thrown: unknown): void
}

/** What one connection is made with. */
export interface Setting extends ClientSetting {
  readonly url: string
  readonly route: RouteDefinition
  /** The values of the route's path parameters. */
  readonly params: object | undefined
  /** Subprotocols in the order of preference; may be empty. */
  readonly protocols: readonly string[]
  /** Headers of the opening handshake, where the platform can send any. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}
