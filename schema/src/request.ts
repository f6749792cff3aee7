import { withCallSite } from './call-site.js'
import type { DocsOptions } from './docs.js'
import type { Schema, Schemas } from './json-schema.js'

export interface RequestOptions extends DocsOptions {
  /** What is asked with. Default: nothing. */
  readonly input?: Schema
  /** What is answered. Default: nothing, only that it was done. */
  readonly output?: Schema
  /** The errors that a caller can tell apart: the schema of what each one carries, by its UPPER_SNAKE code. */
  readonly errors?: Schemas
}

/** What {@link request} builds. */
export interface RequestDefinition extends RequestOptions {
  readonly kind: 'request'
}

/**
 * A message with a reply.
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
