import { withCallSite } from './call-site.js'
import type { DocsOptions } from './docs.js'
import type { Schema } from './json-schema.js'
import type { Payload } from './payload.js'
import type { QuestionOptions } from './policies.js'

export interface StreamOptions extends DocsOptions, QuestionOptions {
  /** What is asked with. Default: nothing. */
  readonly input?: Payload
  /** What each item of the answer is. */
  readonly item: Payload
  /**
   * The errors that end it and that a caller can tell apart: the schema of each one's data by UPPER_SNAKE code;
   * `undefined` for one that carries nothing.
   */
  readonly errors?: Readonly<Record<string, Schema | undefined>>
}

/** What {@link stream} builds. */
export interface StreamDefinition extends StreamOptions {
  readonly kind: 'stream'
}

/**
 * A message that is answered by any number of items, one after the other. The receiver sets the pace: no more
 * items are sent than it has asked for, and it can stop at any moment. In `clientToServer` the server produces the
 * items, in `serverToClient` the client.
 *
 * ```ts
 * transcript: stream({ input: Type.Object({ from: Type.Integer() }), item: Line })
 * ```
 */
export function stream(options: StreamOptions): StreamDefinition {
  return withCallSite({ ...options, kind: 'stream' }, stream)
}
