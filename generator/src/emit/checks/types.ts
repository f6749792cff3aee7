import { isDeepEqual } from '@wirepact/protocol/validation'
import type { ObjectSchema } from '../schema-keywords.js'
import { always, any, compare, type Expression } from './expression.js'

/** The kinds of values that keywords speak of. */
export type Kind = 'string' | 'number' | 'array' | 'object'

const tests: Readonly<Record<string, string>> = {
  array: 'isArray',
  boolean: 'isBoolean',
  integer: 'Number.isInteger',
  number: 'Number.isFinite',
  object: 'isObject',
  string: 'isString',
}

/** What `type` asks of a value. */
export function typeTest(type: unknown, subject: string): Expression {
  const names = typeNames(type)
  if (names === undefined) return always
  const needed = names.includes('number') ? names.filter((name) => name !== 'integer') : names
  return any([...new Set(needed)].map((name) => oneTypeTest(name, subject)))
}

function oneTypeTest(name: string, subject: string): Expression {
  if (name === 'null') return compare(subject, '===', 'null')
  return { kind: 'typed', test: tests[name] as string, subject }
}

export function kindTest(kind: Kind, subject: string): Expression {
  return oneTypeTest(kind, subject)
}

/** Whether values that fit `type` are of this kind: all of them, some, or none. */
export function onlyKind(type: unknown, kind: Kind): 'always' | 'sometimes' | 'never' {
  const names = typeNames(type)
  if (names === undefined) return 'sometimes'
  const kinds = names.map((name) => (name === 'integer' ? 'number' : name))
  if (!kinds.includes(kind)) return 'never'
  return kinds.every((name) => name === kind) ? 'always' : 'sometimes'
}

/** The values that `const` and `enum` leave, of the right type; undefined where any value is allowed. */
export function allowedValues(schema: ObjectSchema): readonly unknown[] | undefined {
  const lists: unknown[][] = []
  if (Object.hasOwn(schema, 'const')) lists.push([schema.const])
  if (Array.isArray(schema.enum)) lists.push(schema.enum)
  const [first, second] = lists
  if (first === undefined) return undefined
  const names = typeNames(schema.type)
  const values =
    names === undefined ? first : first.filter((value) => names.some((name) => isOfType(value, name)))
  return second === undefined
    ? values
    : values.filter((value) => second.some((other) => isDeepEqual(value, other)))
}

function isOfType(value: unknown, name: string): boolean {
  if (name === 'integer') return Number.isInteger(value)
  if (name === 'array') return Array.isArray(value)
  if (name === 'null') return value === null
  if (name === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  return typeof value === name
}

export function typeNames(type: unknown): readonly string[] | undefined {
  if (type === undefined) return undefined
  return Array.isArray(type) ? type : [String(type)]
}
