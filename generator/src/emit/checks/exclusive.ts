import type { JsonSchema } from '../../ir.js'
import { type ObjectSchema, referencedName } from '../schema-keywords.js'
import { propertiesOf } from './object-parts.js'
import { allowedValues, typeNames } from './types.js'

type Lookup = (name: string) => JsonSchema | undefined

/** Whether no value fits two of the schemas, as their types or a property with a constant of its own say. */
export function areExclusive(branches: readonly JsonSchema[], lookup: Lookup): boolean {
  const known = branches.map((branch) => follow(branch, lookup))
  return known.every((left, index) => known.slice(index + 1).every((right) => arePairExclusive(left, right)))
}

/** A schema that only refers to another is that one. */
function follow(schema: JsonSchema, lookup: Lookup): ObjectSchema {
  if (typeof schema === 'boolean') return {}
  const isAlias = typeof schema.$ref === 'string' && Object.keys(schema).length === 1
  const target = isAlias ? lookup(referencedName(String(schema.$ref))) : undefined
  return typeof target === 'object' ? target : schema
}

function arePairExclusive(left: ObjectSchema, right: ObjectSchema): boolean {
  const [leftKinds, rightKinds] = [kindsOf(left), kindsOf(right)]
  if (leftKinds === undefined || rightKinds === undefined) return false
  const shared = [...leftKinds].filter((kind) => rightKinds.has(kind))
  return shared.length === 0 || (shared.every((kind) => kind === 'object') && haveTags(left, right))
}

function kindsOf(schema: ObjectSchema): ReadonlySet<string> | undefined {
  const names = typeNames(schema.type)
  return names && new Set(names.map((name) => (name === 'integer' ? 'number' : name)))
}

/** Whether both require a property that can never have the same value in both. */
function haveTags(left: ObjectSchema, right: ObjectSchema): boolean {
  return Object.keys(propertiesOf(left)).some((name) => {
    const [ours, theirs] = [tagsOf(left, name), tagsOf(right, name)]
    return ours !== undefined && theirs !== undefined && !ours.some((value) => theirs.includes(value))
  })
}

/** The plain values that a required property can have; undefined where there are others. */
function tagsOf(schema: ObjectSchema, name: string): readonly unknown[] | undefined {
  const isRequired = Array.isArray(schema.required) && schema.required.includes(name)
  const properties = propertiesOf(schema)
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined
  if (!isRequired || typeof property !== 'object') return undefined
  const values = allowedValues(property)
  return values?.every((value) => value === null || typeof value !== 'object') ? values : undefined
}
