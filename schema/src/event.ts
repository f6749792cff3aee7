import { withCallSite } from './call-site.js'
import type { DocsOptions } from './docs.js'
import type { Schema } from './json-schema.js'

export interface EventOptions extends DocsOptions {
  /** What the event carries. Default: nothing. */
  readonly data?: Schema
  /**
   * Only for a message of a channel that keeps history: false for one that is never kept, such as a typing
   * notice. Default true.
   */
  readonly history?: boolean
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
 * ```
 */
export function event(options: EventOptions = {}): EventDefinition {
  return withCallSite({ ...options, kind: 'event' }, event)
}
