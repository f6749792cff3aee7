import type { Finding } from '../diagnose/diagnostic.js'
import type { SchemaNode } from '../lower/walk-schemas.js'
import { isRecord } from '../model/part-kind.js'
import type { Rule } from './rule.js'

/** What the value of a keyword is, in words, and whether a value is that. */
type Test = readonly [due: string, holds: (value: unknown) => boolean]

/** Lengths and counts beyond this are no limits that a program can reach. */
const maxCount = 2 ** 29

const isNames = (value: unknown) => Array.isArray(value) && value.every((name) => typeof name === 'string')

const anything: Test = ['anything', () => true]
const count: Test = [
  'a whole number from 0 to 536,870,911',
  (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < maxCount,
]
const number: Test = ['a finite number', (value) => Number.isFinite(value)]
const text: Test = ['a string', (value) => typeof value === 'string']
const list: Test = ['a list that is not empty', (value) => Array.isArray(value) && value.length > 0]
const map: Test = ['an object of schemas', isRecord]

const groups: readonly (readonly [test: Test, keywords: readonly string[]])[] = [
  [count, ['minLength', 'maxLength', 'minItems', 'maxItems', 'minContains', 'maxContains']],
  [count, ['minProperties', 'maxProperties']],
  [number, ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']],
  [['a number above zero', (value) => Number.isFinite(value) && Number(value) > 0], ['multipleOf']],
  [text, ['$id', '$ref', 'format', 'description', 'title']],
  [['a string', (value) => typeof value === 'string' || value instanceof RegExp], ['pattern']],
  [list, ['enum', 'allOf', 'anyOf', 'oneOf']],
  [['a list', Array.isArray], ['prefixItems']],
  [['a type, or a list that is not empty', (value) => !Array.isArray(value) || value.length > 0], ['type']],
  [['a list of strings', isNames], ['required']],
  [
    ['an object of lists of strings', (value) => isRecord(value) && Object.values(value).every(isNames)],
    ['dependentRequired'],
  ],
  [['a boolean', (value) => typeof value === 'boolean'], ['uniqueItems']],
  [map, ['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions']],
]

const tests = new Map(
  groups.flatMap(([test, keywords]) => keywords.map((keyword) => [keyword, test] as const)),
)

/** WRONG_KEYWORD_VALUE: a keyword with a value that means nothing would check nothing. */
export const keywordValue: Rule = ({ nodes }) => nodes.flatMap(check)

function check({ schema, path }: SchemaNode): readonly Finding[] {
  if (!isRecord(schema)) return []
  const code = 'WRONG_KEYWORD_VALUE'
  const wrong = Object.keys(schema).flatMap((keyword) => {
    const [due, holds] = tests.get(keyword) ?? anything
    const value = schema[keyword]
    if (value === undefined || holds(value)) return []
    return [{ code, message: `${keyword} is ${due}.`, path: [...path, keyword] }]
  })
  if (schema.additionalItems === undefined || Array.isArray(schema.items)) return wrong
  const message =
    'additionalItems means something beside a list of items only; after prefixItems it is items.'
  return [...wrong, { code, message, path: [...path, 'additionalItems'] }]
}
