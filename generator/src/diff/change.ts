import type { Path } from '../diagnose/diagnostic.js'
import type { Site } from '../ir.js'
import type { Kind } from './kinds.js'
import type { ChangeClass, Direction } from './verdict.js'

/** What a rule found, before it is judged. */
export interface Difference {
  readonly kind: Kind
  /** Where it is in the API, such as `['routes', 'chat', 'clientToServer', 'say']`. */
  readonly path: Path
  /** What is different now, as a sentence. */
  readonly what: string
  readonly direction?: Direction
}

/** One difference between two versions of an API, and what it means. */
export interface Change {
  readonly kind: Kind
  readonly class: ChangeClass
  /** Where it is, for people: `routes.chat.clientToServer.say.input.text`, or `types.Line.text`. */
  readonly where: string
  readonly what: string
  readonly why: string
  /** Where it is for a program that looks for it in the schema file. */
  readonly path: Path
  /** The parts that use the type, when it is used by several. */
  readonly usedBy?: readonly string[]
  /** Where it is written, as far as the source still shows it. */
  readonly site?: Site
}
