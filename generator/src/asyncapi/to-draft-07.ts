import type { JsonSchema } from '../ir.js'
import { keywordForm } from '../lower/keywords.js'
import { type Json, schemaRef } from './json.js'

/**
 * A schema in the dialect of AsyncAPI, which is JSON Schema draft-07. What that draft has no word for
 * (`unevaluatedProperties`, `unevaluatedItems`, `minContains`, `maxContains`) stays: readers that do not know it
 * ignore it, and so accept more.
 */
export function toDraft07(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return schema
  const entries = Object.entries(schema)
    .filter(([keyword]) => keyword !== '$id' && keyword !== '$schema')
    .map(([keyword, value]) => [keyword, convert(keyword, value)] as const)
  return besideRef(toDependencies(toTuple(Object.fromEntries(entries))))
}

function convert(keyword: string, value: unknown): unknown {
  if (keyword === '$ref') return refOf(String(value))
  const form = keywordForm(keyword)
  if (form === 'list') return (value as JsonSchema[]).map(toDraft07)
  if (form === 'schema' || form === 'items') return toDraft07(value as JsonSchema)
  if (form !== 'map') return value
  // A key `__proto__` is refused on the wire, and parsers in JavaScript take it for a prototype.
  const schemas = Object.entries(value as Record<string, JsonSchema>).filter(([name]) => name !== '__proto__')
  return Object.fromEntries(schemas.map(([name, inner]) => [name, toDraft07(inner)]))
}

function refOf(ref: string): unknown {
  return schemaRef(ref.slice('#/$defs/'.length)).$ref
}

/** The list of a tuple must not be empty in draft-07: without one all items are the rest. */
function toTuple({ prefixItems, items, ...others }: Json): Json {
  if (!Array.isArray(prefixItems) || prefixItems.length === 0)
    return items === undefined ? others : { ...others, items }
  return { ...others, items: prefixItems, ...(items !== undefined && { additionalItems: items }) }
}

/** `dependentRequired` and `dependentSchemas` are one keyword in draft-07. */
function toDependencies({ dependentRequired, dependentSchemas, ...others }: Json): Json {
  if (dependentRequired === undefined && dependentSchemas === undefined) return others
  const lists = (dependentRequired ?? {}) as Readonly<Record<string, readonly string[]>>
  const schemas = (dependentSchemas ?? {}) as Readonly<Record<string, JsonSchema>>
  const both = Object.entries(schemas).map(([name, schema]) => {
    const required = Object.hasOwn(lists, name) ? lists[name] : undefined
    return [name, required === undefined ? schema : { allOf: [schema, { required }] }] as const
  })
  return { ...others, dependencies: { ...lists, ...Object.fromEntries(both) } }
}

/** In draft-07 nothing counts beside `$ref`. */
function besideRef(schema: Json): Json {
  const { $ref, ...others } = schema
  if ($ref === undefined || Object.keys(others).length === 0) return schema
  return { ...others, allOf: [{ $ref }, ...((others.allOf ?? []) as Json[])] }
}
