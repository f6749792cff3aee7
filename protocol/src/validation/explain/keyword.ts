import type { Evaluation } from './evaluation.js'

/** Applies one keyword of a schema: `argument` is its value. */
export type Keyword = (argument: unknown, evaluation: Evaluation) => void

/** Keywords by name, in the order in which they are applied. */
export type Keywords = Readonly<Record<string, Keyword>>

/** A keyword that says nothing about values of another type. */
export function forValues<Value>(
  is: (value: unknown) => value is Value,
  apply: (value: Value, argument: unknown, evaluation: Evaluation) => void,
): Keyword {
  return (argument, evaluation) => {
    const { value } = evaluation.place
    if (is(value)) apply(value, argument, evaluation)
  }
}
