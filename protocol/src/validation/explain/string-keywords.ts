import { formats } from '../formats/formats.js'
import { hasMaxLength, hasMinLength } from '../length.js'
import { forValues, type Keywords } from './keyword.js'
import { count } from './words.js'

const isString = (value: unknown): value is string => typeof value === 'string'

/** Keywords for strings (JSON Schema 2020-12 validation, sections 6.3 and 7). */
export const stringKeywords: Keywords = {
  maxLength: forValues(isString, (value, most, evaluation) => {
    if (hasMaxLength(value, Number(most))) return
    evaluation.fail('maxLength', `must have at most ${count(most, 'character')}`)
  }),
  minLength: forValues(isString, (value, least, evaluation) => {
    if (hasMinLength(value, Number(least))) return
    evaluation.fail('minLength', `must have at least ${count(least, 'character')}`)
  }),
  pattern: forValues(isString, (value, pattern, evaluation) => {
    if (!new RegExp(String(pattern), 'u').test(value))
      evaluation.fail('pattern', `must match the pattern ${pattern}`)
  }),
  format: forValues(isString, (value, format, evaluation) => {
    const isFormat = formats.get(String(format))
    if (isFormat?.(value) ?? true) return
    evaluation.fail('format', `must have the format '${format}'`)
  }),
}
