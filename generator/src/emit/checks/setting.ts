import type { JsonSchema } from '../../ir.js'
import type { Expression } from './expression.js'
import type { Outside } from './outside.js'

/** What a schema is translated with. */
export interface Setting {
  /** What the check refers to outside of itself. */
  readonly outside: Outside
  /** The name of the function that is written: what is written beside it is named after it. */
  readonly owner: string
  /** How many lists are being looked through here. */
  readonly depth: number
  /** A `type` that the value at a place is known to have when this is asked. */
  readonly known?: { readonly subject: string; readonly type: unknown }
  /** What is known of a value as a whole in the function that is written, which is not to be asked there again. */
  readonly shared?: Shared | undefined
  /** Translates a schema within this one: what has to hold of `subject`. */
  readonly translate: (schema: JsonSchema, subject: string, setting: Setting) => Expression
}

/** Answers about one value, each of them computed once. */
export interface Shared {
  readonly subject: string
  /** The names of those that are there already, by the schemas that they are about. */
  readonly answers: Map<JsonSchema, Expression>
  /** The named schemas that were looked into: a call of their checks would ask it all again. */
  readonly opened: Set<string>
  /** What was translated with these answers. */
  readonly translated: Translated
}

/** Translations, by schema and by what they were made with. */
export type Translated = Map<JsonSchema, Map<string, Expression>>

/** The setting for what is asked only of values of this type. */
export function knowing(setting: Setting, subject: string, type: unknown): Setting {
  return type === undefined ? setting : { ...setting, known: { subject, type } }
}

/** The setting in a function of its own, for a parameter of this name and type. */
export function inside(setting: Setting, parameter: string, type: string): Setting {
  return { ...setting, depth: 0, shared: undefined, known: { subject: parameter, type } }
}

/** The name of an item of the list that is looked through here. */
export function itemName({ depth }: Setting): string {
  return depth === 0 ? 'item' : `item${depth + 1}`
}
