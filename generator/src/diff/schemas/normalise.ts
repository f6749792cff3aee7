import type { JsonSchema } from '../../ir.js'
import { keywordForm } from '../../lower/keywords.js'
import { listOf, mapOf, type ObjectSchema } from './schema-rule.js'

/** The variants of a schema, and the keyword that lists them. */
export interface Union {
  readonly keyword: 'anyOf' | 'oneOf'
  readonly members: readonly JsonSchema[]
}

export function unionOf(schema: ObjectSchema): Union | undefined {
  for (const keyword of ['anyOf', 'oneOf'] as const) {
    const members = schema[keyword]
    if (Array.isArray(members)) return { keyword, members: members as JsonSchema[] }
  }
  return undefined
}

/** Whether every value fits. */
export function isUnconstrained(schema: ObjectSchema): boolean {
  return Object.keys(schema).every((keyword) => isNote(keyword))
}

/** Whether a keyword decides about no value. */
function isNote(keyword: string): boolean {
  return (
    keywordForm(keyword) === 'docs' || keyword === '$id' || keyword === '$comment' || keyword === '$schema'
  )
}

export function toObject(schema: JsonSchema): ObjectSchema {
  if (typeof schema === 'object') return schema
  return schema ? {} : { not: {} }
}

/** One form for what can be written in several: a list of constants is an enum, parts of an object are one object. */
export function normalise(schema: ObjectSchema, resolve: (schema: JsonSchema) => ObjectSchema): ObjectSchema {
  return mergeObjects(constantsToEnum(schema), resolve)
}

function constantsToEnum(schema: ObjectSchema): ObjectSchema {
  const union = unionOf(schema)
  if (union === undefined || union.members.length === 0) return schema
  const values: unknown[] = []
  for (const member of union.members) {
    if (typeof member !== 'object' || !('const' in member)) return schema
    values.push(member.const)
  }
  const { [union.keyword]: _, ...others } = schema
  return { ...others, enum: values }
}

const ofObjects = new Set(['type', 'properties', 'required'])

/** `allOf` of plain objects, which is what an intersection is, as one object. */
function mergeObjects(schema: ObjectSchema, resolve: (schema: JsonSchema) => ObjectSchema): ObjectSchema {
  const members = listOf(schema, 'allOf').map(resolve)
  const isPlain = (member: ObjectSchema) =>
    member.type === 'object' &&
    Object.keys(member).every((keyword) => ofObjects.has(keyword) || isNote(keyword))
  if (members.length === 0 || !members.every(isPlain) || sharesProperties(members)) return schema
  const { allOf: _, unevaluatedProperties, ...others } = schema
  const all = [...members, others]
  return {
    ...others,
    type: 'object',
    properties: Object.assign({}, ...all.map((member) => mapOf(member, 'properties'))),
    required: all.flatMap((member) => listOf<string>(member, 'required')),
    ...(unevaluatedProperties !== undefined && { additionalProperties: unevaluatedProperties }),
  }
}

/** Whether two parts say something about the same property: then both hold, and there is no one object. */
function sharesProperties(members: readonly ObjectSchema[]): boolean {
  const names = members.flatMap((member) => Object.keys(mapOf(member, 'properties')))
  return new Set(names).size < names.length
}

/** Both sides as variants, where one has them and the other one is a single one. */
export function alignUnions(
  before: ObjectSchema,
  after: ObjectSchema,
): readonly [ObjectSchema, ObjectSchema] {
  if (isBareUnion(before) && isSingle(after)) return [before, { anyOf: [after] }]
  if (isBareUnion(after) && isSingle(before)) return [{ anyOf: [before] }, after]
  return [before, after]
}

function isBareUnion(schema: ObjectSchema): boolean {
  const union = unionOf(schema)
  return (
    union !== undefined &&
    Object.keys(schema).every((keyword) => keyword === union.keyword || isNote(keyword))
  )
}

function isSingle(schema: ObjectSchema): boolean {
  return unionOf(schema) === undefined && !isUnconstrained(schema)
}
