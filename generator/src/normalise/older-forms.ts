import type { JsonSchema } from '../ir.js'
import { isRecord } from '../model/reader.js'

/** Keywords with their values. */
export type Part = readonly (readonly [keyword: string, value: unknown])[]

/** The keywords as a schema of 2020-12: without a list under `items`, `additionalItems` and `dependencies`. */
export function withoutOlderForms(parts: Part): JsonSchema {
  const { items, additionalItems, dependencies, ...schema } = Object.fromEntries(parts)
  return joinAll({ ...schema, ...itemForms(schema, items, additionalItems) }, dependencyForms(dependencies))
}

function itemForms(schema: object, items: unknown, additional: unknown) {
  if (!Array.isArray(items)) return items !== undefined && { items }
  // Two lists in one schema belong to two drafts: the reader of the result refuses this one.
  const key = Object.hasOwn(schema, 'prefixItems') ? 'items' : 'prefixItems'
  return { [key]: items, ...(additional !== undefined && { items: additional }) }
}

function dependencyForms(dependencies: unknown): JsonSchema[] {
  if (dependencies === undefined) return []
  if (!isRecord(dependencies)) return [{ dependentRequired: dependencies }]
  const entries = Object.entries(dependencies)
  const names = entries.filter(([, value]) => Array.isArray(value))
  const schemas = entries.filter(([, value]) => !Array.isArray(value))
  return [
    ...(names.length > 0 ? [{ dependentRequired: Object.fromEntries(names) }] : []),
    ...(schemas.length > 0 ? [{ dependentSchemas: Object.fromEntries(schemas) }] : []),
  ]
}

/** One schema of all: in place where their keywords differ, else in `allOf`, which says the same. */
export function joinAll(schema: JsonSchema, others: readonly JsonSchema[]): JsonSchema {
  return others.reduce(join, schema)
}

function join(schema: JsonSchema, other: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return schema ? other : schema
  const isApart = typeof other === 'object' && Object.keys(other).every((key) => !Object.hasOwn(schema, key))
  if (isApart) return { ...schema, ...other }
  return { ...schema, allOf: [...(Array.isArray(schema.allOf) ? schema.allOf : []), other] }
}
