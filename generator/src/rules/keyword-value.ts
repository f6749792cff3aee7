import type { Finding } from '../diagnose/diagnostic.js'
import type { SchemaNode } from '../lower/walk-schemas.js'
import { isRecord } from '../model/reader.js'
import type { Rule } from './rule.js'

type Test = readonly [due: string, holds: (value: unknown) => boolean]

const count: Test = [
  'a whole number that is not negative',
  (value) => Number.isSafeInteger(value) && Number(value) >= 0,
]
const number: Test = ['a number', (value) => typeof value === 'number']
const text: Test = ['a string', (value) => typeof value === 'string']
const list: Test = ['a list that is not empty', (value) => Array.isArray(value) && value.length > 0]
const names: Test = [
  'a list of strings',
  (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
]
const map: Test = ['an object of schemas', isRecord]

const tests: Readonly<Record<string, Test>> = {
  ...Object.fromEntries(['minLength', 'maxLength', 'minItems', 'maxItems'].map((key) => [key, count])),
  ...Object.fromEntries(
    ['minProperties', 'maxProperties', 'minContains', 'maxContains'].map((key) => [key, count]),
  ),
  ...Object.fromEntries(
    ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'].map((key) => [key, number]),
  ),
  multipleOf: ['a number above zero', (value) => typeof value === 'number' && value > 0],
  ...Object.fromEntries(['$id', '$ref', 'format', 'description', 'title'].map((key) => [key, text])),
  pattern: ['a string', (value) => typeof value === 'string' || value instanceof RegExp],
  enum: list,
  allOf: list,
  anyOf: list,
  oneOf: list,
  required: names,
  uniqueItems: ['a boolean', (value) => typeof value === 'boolean'],
  ...Object.fromEntries(
    ['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'].map((key) => [key, map]),
  ),
}

/** WRONG_KEYWORD_VALUE: a keyword with a value that means nothing would check nothing. */
export const keywordValue: Rule = ({ nodes }) => nodes.flatMap(check)

function check({ schema, path }: SchemaNode): readonly Finding[] {
  if (!isRecord(schema)) return []
  return Object.entries(tests).flatMap(([keyword, [due, holds]]) => {
    const value = Object.hasOwn(schema, keyword) ? schema[keyword] : undefined
    if (value === undefined || holds(value)) return []
    return [{ code: 'WRONG_KEYWORD_VALUE', message: `${keyword} is ${due}.`, path: [...path, keyword] }]
  })
}
