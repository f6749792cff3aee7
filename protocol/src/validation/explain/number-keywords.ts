import { isMultipleOf } from '../multiple-of.js'
import { forValues, type Keyword, type Keywords } from './keyword.js'

const isNumber = (value: unknown): value is number => typeof value === 'number'

/** Keywords for numbers (JSON Schema 2020-12 validation, section 6.2). */
export const numberKeywords: Keywords = {
  multipleOf: limit('multipleOf', (value, divisor) => isMultipleOf(value, divisor), 'must be a multiple of'),
  maximum: limit('maximum', (value, most) => value <= most, 'must be at most'),
  exclusiveMaximum: limit('exclusiveMaximum', (value, bound) => value < bound, 'must be less than'),
  minimum: limit('minimum', (value, least) => value >= least, 'must be at least'),
  exclusiveMinimum: limit('exclusiveMinimum', (value, bound) => value > bound, 'must be greater than'),
}

function limit(keyword: string, holds: (value: number, bound: number) => boolean, words: string): Keyword {
  return forValues(isNumber, (value, bound, evaluation) => {
    if (!holds(value, Number(bound))) evaluation.fail(keyword, `${words} ${bound}`)
  })
}
