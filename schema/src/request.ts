import { withCallSite } from './call-site.js'
import type { DocsOptions } from './docs.js'
import type { Schema } from './json-schema.js'
import type { Payload } from './payload.js'
import type { QuestionOptions } from './policies.js'

export interface RequestOptions extends DocsOptions, QuestionOptions {
  /** What is asked with. Default: nothing. */
  readonly input?: Payload
  /** What is answered. Default: nothing, only that it was done. */
  readonly output?: Payload
  /**
   * The errors that a caller can tell apart: the schema of what each one carries, by its UPPER_SNAKE code; `undefined` for
   * one that carries nothing.
   */
  readonly errors?: Readonly<Record<string, Schema | undefined>>
  /**
   * Whether asking twice does the same as asking once, so that the client may ask again when the connection was
   * lost before the answer. Only in `clientToServer`. Default false.
   */
  readonly idempotent?: boolean
}

/** What {@link request} builds. */
export interface RequestDefinition extends RequestOptions {
  readonly kind: 'request'
}

/**
 * A message with a reply. In `clientToServer` the server answers, in `serverToClient` the client.
 *
 * ```ts
 * rename: request({
 *   input: Type.Object({ name: Type.String() }),
 *   output: Type.Object({ name: Type.String() }),
 *   errors: { NAME_TAKEN: Type.Object({ suggestion: Type.String() }) },
 * })
 * ```
 */
export function request(options: RequestOptions = {}): RequestDefinition {
  return withCallSite({ ...options, kind: 'request' }, request)
}
