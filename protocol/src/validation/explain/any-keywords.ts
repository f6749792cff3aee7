import { isDeepEqual } from '../equality.js'
import type { Evaluation } from './evaluation.js'
import type { Keywords } from './keyword.js'
import { typeWords, valueWords } from './words.js'

const tests: Readonly<Record<string, (value: unknown) => boolean>> = {
  array: (value) => Array.isArray(value),
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isInteger(value),
  null: (value) => value === null,
  number: (value) => Number.isFinite(value),
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  string: (value) => typeof value === 'string',
}

/** Keywords for values of every type (JSON Schema 2020-12 validation, section 6.1). */
export const anyKeywords: Keywords = {
  type: checkType,
  const: (allowed, evaluation) => {
    if (!isDeepEqual(evaluation.place.value, allowed))
      evaluation.fail('const', `must be ${valueWords([allowed])}`)
  },
  enum: (allowed, evaluation) => {
    const values = Array.isArray(allowed) ? allowed : []
    if (values.some((value) => isDeepEqual(evaluation.place.value, value))) return
    evaluation.fail('enum', `must be ${valueWords(values)}`)
  },
}

function checkType(type: unknown, evaluation: Evaluation): void {
  const names = Array.isArray(type) ? type : [type]
  const fits = names.some((name) => tests[String(name)]?.(evaluation.place.value) ?? false)
  if (!fits) evaluation.fail('type', `must be ${typeWords(type)}`)
}
