import { closest } from '../diagnose/suggest.js'
import { type CommandArguments, textOf } from './command.js'

/** The value of an option that has a few; the first is the default. A sentence when it is none of them. */
export function choiceOf<Value extends string>(
  args: CommandArguments,
  option: string,
  values: readonly [Value, ...Value[]],
): { readonly value: Value } | { readonly problem: string } {
  const given = textOf(args, option)
  if (given === undefined) return { value: values[0] }
  const value = values.find((one) => one === given)
  if (value !== undefined) return { value }
  const meant = closest(given, values)
  const hint = meant === undefined ? `It is one of ${values.join(', ')}.` : `Did you mean ${meant}?`
  return { problem: `--${option} cannot be "${given}". ${hint}` }
}
