import type { JsonSchema } from '../../ir.js'
import { withoutIdle } from './idle-keywords.js'
import { normaliseMultiples } from './normalise-multiples.js'
import { normaliseTuple } from './normalise-tuple.js'
import { constantsToEnum, decideValues } from './normalise-values.js'
import { isBareUnion, isNote, toObject } from './parts-of-schema.js'
import { listOf, mapOf, type ObjectSchema } from './schema-rule.js'

/**
 * One form for what can be written in several: a list of constants is an enum, parts of an object are one object, a
 * list that is no longer than its first items is closed behind them.
 */
export function normalise(schema: ObjectSchema, resolve: (schema: JsonSchema) => ObjectSchema): ObjectSchema {
  const merged = mergeObjects(constantsToEnum(flatten(schema)), resolve)
  return normaliseTuple(decideValues(normaliseMultiples(withoutIdle(merged))))
}

/** Variants of a variant are variants of the whole. */
function flatten(schema: ObjectSchema): ObjectSchema {
  const members = listOf(schema, 'anyOf')
  const inner = members.map((member) => (isBare(member) ? listOf(flatten(member), 'anyOf') : [member]))
  return inner.some((list, index) => list[0] !== members[index]) ? { ...schema, anyOf: inner.flat() } : schema
}

function isBare(member: JsonSchema): member is ObjectSchema {
  return typeof member === 'object' && 'anyOf' in member && isBareUnion(member)
}

/** What stands alone in `allOf` is the schema itself: so older documents describe a reference. */
export function unwrap(schema: JsonSchema): JsonSchema {
  if (typeof schema !== 'object' || listOf(schema, 'allOf').length !== 1) return schema
  const isAlone = Object.keys(schema).every((keyword) => keyword === 'allOf' || isNote(keyword))
  const { allOf: _, ...notes } = schema
  const [only = true] = listOf(schema, 'allOf')
  return isAlone ? unwrap({ ...toObject(only), ...notes }) : schema
}

const ofObjects = new Set(['type', 'properties', 'required'])

/** `allOf` of plain objects, which is what an intersection is, as one object. */
function mergeObjects(schema: ObjectSchema, resolve: (schema: JsonSchema) => ObjectSchema): ObjectSchema {
  const members = listOf(schema, 'allOf').map(resolve)
  const isPlain = (member: ObjectSchema) =>
    member.type === 'object' &&
    Object.keys(member).every((keyword) => ofObjects.has(keyword) || isNote(keyword))
  if (members.length === 0 || !members.every(isPlain) || rulesOthers(schema, members)) return schema
  const { allOf: _, unevaluatedProperties, ...others } = schema
  const all = [...members, others]
  if (sharesProperties(all)) return schema
  return {
    ...others,
    type: 'object',
    properties: Object.assign({}, ...all.map((member) => mapOf(member, 'properties'))),
    required: all.flatMap((member) => listOf<string>(member, 'required')),
    ...(unevaluatedProperties !== undefined && { additionalProperties: unevaluatedProperties }),
  }
}

/** Whether the schema rules, by `additionalProperties` or a pattern, what its parts describe. */
function rulesOthers(schema: ObjectSchema, members: readonly ObjectSchema[]): boolean {
  const { additionalProperties = true, patternProperties } = schema
  const isRuled = additionalProperties !== true || patternProperties !== undefined
  return isRuled && members.some((member) => Object.keys(mapOf(member, 'properties')).length > 0)
}

/** Whether two parts say something about the same property: then both hold, and there is no one object. */
function sharesProperties(members: readonly ObjectSchema[]): boolean {
  const names = members.flatMap((member) => Object.keys(mapOf(member, 'properties')))
  return new Set(names).size < names.length
}
