import { withCallSite } from './call-site.js'
import type { DocsOptions } from './docs.js'
import type { Payload } from './payload.js'
import type { Backpressure, MessageOptions, RateLimit } from './policies.js'

export interface EventOptions extends DocsOptions, MessageOptions {
  /** What the event carries. Default: nothing. */
  readonly data?: Payload
  /**
   * Only for a message of a channel that keeps history: false for one that is never kept, such as a typing
   * notice. Default true.
   */
  readonly history?: boolean
  /**
   * Only in `clientToServer`. `acknowledged`: the client keeps it and sends it again after a reconnect until the
   * server has handled it; the server handles it once. Default `at-most-once`.
   */
  readonly delivery?: 'at-most-once' | 'acknowledged'
  /** Only in `clientToServer`. Default: no limit of its own. */
  readonly rateLimit?: RateLimit
  /** Only for what the server sends. Default `close`. */
  readonly backpressure?: Backpressure
  /**
   * Only with `backpressure: 'latest'`: the property of the payload that tells apart what is replaced. It is
   * required, and a string or an integer. Default: the newest of all is kept.
   */
  readonly key?: string
}

/** What {@link event} builds. */
export interface EventDefinition extends EventOptions {
  readonly kind: 'event'
}

/**
 * A one-way message.
 *
 * ```ts
 * typing: event(),
 * notice: event({ description: 'Something to know.', data: Type.Object({ text: Type.String() }) }),
 * save: event({ data: Draft, delivery: 'acknowledged', rateLimit: { perSecond: 2, burst: 5 } }),
 * price: event({ data: Quote, backpressure: 'latest', key: 'symbol' }),
 * ```
 */
export function event(options: EventOptions = {}): EventDefinition {
  return withCallSite({ ...options, kind: 'event' }, event)
}
