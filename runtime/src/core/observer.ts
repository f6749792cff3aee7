import type { GapReason } from '@wirepact/protocol'
import type { ConnectionStatus, Disconnect, RequestDetails } from '../types.js'

/** A connection as observers see it. What it says changes with the connection. */
export interface ObservedConnection {
  /** The identifier of this connection; another one before its `hello` has come. */
  readonly id: string
  /** The name of its route. */
  readonly route: string
  readonly status: ConnectionStatus
  readonly request: RequestDetails
  /** When it was accepted, in milliseconds since the Unix epoch. */
  readonly since: number
  /** Bytes that wait to leave this process for it. */
  readonly bufferedBytes: number
}

/** A message of a route's schema. */
export interface ObservedMessage {
  readonly connection: ObservedConnection
  /** Its name in the schema; `connect`, `disconnect` for those handlers. Never what a client has made up. */
  readonly name: string
  readonly kind: 'connect' | 'disconnect' | 'refresh' | 'event' | 'request' | 'stream'
}

/** A channel of a route's schema. */
export interface ObservedChannel {
  /** The full name, such as `room/lobby`: there may be any number of them. */
  readonly name: string
  /** The template of the name, such as `room/{roomId}`: one for each channel of the schema. */
  readonly template: string
}

/** A publication: a channel, and the name of the message in the schema. */
export interface ObservedPublication {
  readonly channel: ObservedChannel
  readonly name: string
}

/** A message that was answered with an error, or could not be. */
export interface ObservedFailure {
  readonly connection: ObservedConnection
  /** The message's name in the schema; undefined for what is no message of the schema. */
  readonly name: string | undefined
  readonly code: string
  /** Whether it counts as a bad message. */
  readonly isBad: boolean
}

/** How a membership begins: anew, with everything that was missed, or with a gap and its reason. */
export type ObservedStart = 'fresh' | 'recovered' | GapReason

/** Something that takes time, from when it begins. */
export interface Span {
  /** Calls what is observed, for an observer that surrounds it. Called once at most; answers what `run` answers. */
  within?<Result>(run: () => Result): Result
  /** It is over; `error` is what it threw. */
  ended(error?: unknown): void
}

/**
 * Somebody who is told what a server does: metrics, traces, logs, or one's own. Every method is optional, and what
 * nobody observes costs nothing. An observer that throws is reported once and changes nothing. It is never told a
 * payload.
 */
export interface Observer {
  /** Once, when the server is made. */
  watch?(server: ObservedServer): void
  /** A client was let in; its `hello` is still to come. */
  accepted?(connection: ObservedConnection): void
  /** The connect handler is done and the client was told `welcome`. */
  opened?(connection: ObservedConnection): void
  /** The last that is heard of a connection that was accepted. */
  closed?(connection: ObservedConnection, end: Disconnect): void
  /** A client was refused before there was a connection. */
  refused?(refusal: { readonly code: string; readonly path: string }): void
  /** A message came in, before it is checked. */
  received?(message: ObservedMessage): void
  /** A handler is about to be called. A stream is over when its handler has returned the iterator. */
  handling?(message: ObservedMessage): Span | undefined
  /** A message of the schema goes out to one client: an event or a question, not a reply. */
  sent?(message: ObservedMessage): void
  failed?(failure: ObservedFailure): void
  /** A message was not sent, or gave way to a newer one, since the connection does not keep up. */
  dropped?(connection: ObservedConnection, policy: 'drop' | 'latest'): void
  /** Something is about to be published by this node. */
  publishing?(publication: ObservedPublication): Span | undefined
  /** A publication reached this node, and goes to so many members. */
  delivered?(publication: ObservedPublication, members: number): void
  /** A connection became a member of a channel, or catches up. */
  started?(channel: ObservedChannel, start: ObservedStart): void
  /** The engine is about to be asked. */
  asking?(method: string): Span | undefined
}

/** A server as observers see it. */
export interface ObservedServer {
  /** The routes of the schema. */
  readonly routes: readonly string[]
  /** Every connection that there is. */
  readonly connections: Iterable<ObservedConnection>
}
