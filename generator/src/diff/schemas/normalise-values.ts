import type { JsonSchema } from '../../ir.js'
import { isOfType, valuesOf } from './compare-types.js'
import { isNote, isUnconstrained, unionOf } from './parts-of-schema.js'
import { listOf, type ObjectSchema } from './schema-rule.js'

/** Variants that list all their values are one list; two that are true and false are a boolean. */
export function constantsToEnum(schema: ObjectSchema): ObjectSchema {
  const union = unionOf(schema)
  if (union === undefined || union.members.length === 0) return schema
  const lists = union.members.map(listedValues)
  const { [union.keyword]: members, ...others } = schema
  if (!lists.every((list) => list !== undefined))
    return { ...schema, [union.keyword]: joinBooleans(union.members) }
  // A value that fits two variants of `oneOf` is refused: there the variants are more than their values.
  const values = lists.flat()
  const isOnce =
    union.keyword === 'anyOf' || new Set(values.map((value) => JSON.stringify(value))).size === values.length
  return isOnce && valuesOf(others) === undefined ? { ...others, enum: values } : schema
}

/** All values of a schema that says nothing but which they are. */
function listedValues(member: JsonSchema): readonly unknown[] | undefined {
  if (typeof member !== 'object') return undefined
  const { const: _, enum: __, type, ...others } = member
  if (!isUnconstrained(others)) return undefined
  const listed = valuesOf(member)?.filter((value) => type === undefined || isOfType(value, type))
  return listed ?? fewValues(type)
}

/** The values of types that have few. */
function fewValues(type: unknown): readonly unknown[] | undefined {
  const types: readonly unknown[] = Array.isArray(type) ? type : [type]
  if (types.length === 0 || !types.every((one) => one === 'boolean' || one === 'null')) return undefined
  return types.flatMap((one) => (one === 'null' ? [null] : [true, false]))
}

function joinBooleans(members: readonly JsonSchema[]): readonly JsonSchema[] {
  const at = [true, false].map((value) => members.findIndex((member) => isOnly(member, value)))
  const [first, second] = at.toSorted((one, other) => one - other) as [number, number]
  if (first < 0) return members
  return members.flatMap((member, index) =>
    index === first ? [{ type: 'boolean' }] : index === second ? [] : [member],
  )
}

function isOnly(member: JsonSchema, value: boolean): boolean {
  const listed = listedValues(member)
  return listed?.length === 1 && listed[0] === value
}

/** The schema as a list of its values, where its type has few and it says no more. */
export function toValues(schema: ObjectSchema): ObjectSchema {
  const values = valuesOf(schema) === undefined ? listedValues(schema) : undefined
  if (values === undefined) return schema
  const notes = Object.entries(schema).filter(([keyword]) => isNote(keyword))
  return { ...Object.fromEntries(notes), enum: values }
}

const decided = [
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'pattern',
] as const

/** Where the values are listed, limits do no more than strike some of them out. */
export function decideValues(schema: ObjectSchema): ObjectSchema {
  const values = valuesOf(schema)
  if (values === undefined) return schema
  const kept = values.filter((value) => isWithin(value, schema))
  const others = Object.entries(schema).filter(([keyword]) => !decided.some((one) => one === keyword))
  const left = Object.fromEntries(others)
  const types = listOf<string>(schema, 'type').filter((type) => kept.some((value) => isOfType(value, type)))
  const typed = types.length > 0 ? { ...left, type: types } : left
  return kept.length === values.length ? typed : { ...withoutConst(typed), enum: kept }
}

function withoutConst({ const: _, ...others }: ObjectSchema): ObjectSchema {
  return others
}

function isWithin(value: unknown, schema: ObjectSchema): boolean {
  if (schema.type !== undefined && !isOfType(value, schema.type)) return false
  if (typeof value === 'number') return isNumberWithin(value, schema)
  return typeof value !== 'string' || isTextWithin(value, schema)
}

function isNumberWithin(value: number, schema: ObjectSchema): boolean {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema as Readonly<
    Record<string, number | undefined>
  >
  return (
    value >= (minimum ?? value) &&
    value <= (maximum ?? value) &&
    (exclusiveMinimum === undefined || value > exclusiveMinimum) &&
    (exclusiveMaximum === undefined || value < exclusiveMaximum) &&
    (multipleOf === undefined || Number.isInteger(value / multipleOf))
  )
}

function isTextWithin(value: string, schema: ObjectSchema): boolean {
  const { minLength = 0, maxLength = value.length, pattern } = schema
  const length = [...value].length
  const isMatch = typeof pattern !== 'string' || new RegExp(pattern, 'u').test(value)
  return length >= Number(minLength) && length <= Number(maxLength) && isMatch
}
