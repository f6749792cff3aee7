import type { MaybePromise } from './ports.js'

/** One reason why a value does not fit its schema. */
export interface Problem {
  /** Where in the value: a JSON Pointer (RFC 6901), empty for the value itself. */
  readonly path: string
  /** The JSON Schema keyword that failed, such as `maxLength`. */
  readonly keyword: string
  /** One sentence for a person. Never contains the value itself. */
  readonly message: string
}

/** What the generator writes for a schema: a check made ahead of time, and the reasons on demand. */
export interface Validator {
  /** Absent for a JSON value. `binary`: a `Uint8Array`. `text`: on a bare route, the message itself. */
  readonly content?: 'text' | 'binary'
  /** Whether the value fits. Never throws, never changes the value. */
  check(value: unknown): boolean
  /** Every reason why a value does not fit, in the order of the value; empty when it fits. */
  explain(value: unknown): MaybePromise<readonly Problem[]>
}
