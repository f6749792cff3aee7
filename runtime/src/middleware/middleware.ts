import type { MaybePromise, WirepactError } from '@wirepact/protocol'
import type { Context, Grant, RequestDetails } from '../types.js'

/** What all stages see: the route, and what the client presented to it, checked against the schema. */
interface Presented {
  /** The route's name. */
  readonly route: string
  readonly params: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  /** Those that the route declares; all of them, as text, are in `request`. */
  readonly headers: Readonly<Record<string, unknown>>
  readonly cookies: Readonly<Record<string, unknown>>
}

/** A connection that is asked for and does not exist yet. */
export interface UpgradeContext extends Presented {
  readonly request: RequestDetails
  /** The subprotocol that will be answered. */
  readonly subprotocol: string | undefined
  /** What handlers will find in `ctx.state`. */
  readonly state: Record<string, unknown>
  /** What was granted so far; undefined as long as nobody did. */
  readonly granted: Grant | undefined
  /** Aborted when nobody waits for the answer any more: the client has gone, or the time for it is over. */
  readonly signal: AbortSignal
  /** What handlers will find granted. It replaces what an earlier middleware has granted. Throws `INVALID_GRANT`. */
  grant(grant: Grant): void
  grant(): void
  /**
   * Adds a header to the answer of an upgrade that succeeds; a list writes it several times. Replaces what was set
   * under the name. Throws a `TypeError` for what is no header, and for one of the handshake itself.
   */
  setHeader(name: string, value: string | readonly string[]): void
}

/** A connection, for the middleware around its `connect` handler. */
export interface ConnectContext extends Context, Presented {}

/** A connection, for the middleware around the handlers of its messages. */
export interface MessageContext extends ConnectContext {
  /** Makes the errors that the message declares; absent where it declares none. */
  readonly errors?: Readonly<Record<string, (data?: unknown, message?: string) => WirepactError>>
}

/** A message that came in and was found to fit its schema. */
export interface ReceivedMessage {
  readonly name: string
  readonly kind: 'event' | 'request' | 'stream'
  readonly data: unknown
}

/**
 * Goes on: to the next middleware, and at last to the handler. Settles when that has; for a message with what the
 * handler returned. Calling it twice throws.
 */
export type Next = () => Promise<unknown>

/** Decides before the HTTP upgrade. A refusal is an HTTP status there, or a close code right after the upgrade. */
export type UpgradeMiddleware = (ctx: UpgradeContext, next: Next) => MaybePromise<unknown>

/**
 * What stands between clients and handlers, at up to four stages. Whoever does not call `next` stops what it was
 * asked about: it is refused with `REFUSED` (403, or 4503 when the connection is there already); an event is
 * swallowed. What it throws refuses too: an error of Wirepact's own table, or of `refuse`, as it says; anything else
 * is logged and is 500, 1011 or `INTERNAL`.
 */
export interface Middleware {
  /** Before the HTTP upgrade. */
  upgrade?: UpgradeMiddleware
  /** Around the `connect` handler: the client's token is known. */
  connect?(ctx: ConnectContext, next: Next): MaybePromise<unknown>
  /** Around the `refresh` handler: the client gives a fresh credential, or says that it has none any more. */
  refresh?(ctx: ConnectContext, token: string | undefined, next: Next): MaybePromise<unknown>
  /** Around the handler of each message: request, event or stream. */
  message?(ctx: MessageContext, message: ReceivedMessage, next: Next): MaybePromise<unknown>
}

/** What a middleware is for; without a scope it is for all routes. */
export type MiddlewareScope<RouteName extends string = string> =
  | { readonly route: RouteName; readonly message?: string; readonly path?: undefined }
  /** All routes whose path in the schema is this one or below it, segment by segment. */
  | { readonly path: string; readonly route?: undefined; readonly message?: undefined }
