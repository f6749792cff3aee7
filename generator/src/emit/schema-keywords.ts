import type { JsonSchema } from '../ir.js'
import { formatCheck } from './formats.js'

/** What a keyword's value must be. The first three hold schemas. */
type Shape =
  | 'schema'
  | 'schemas'
  | 'schema map'
  | 'names'
  | 'name map'
  | 'count'
  | 'number'
  | 'divisor'
  | 'flag'
  | 'pattern'
  | 'pattern map'
  | 'format'
  | 'reference'
  | 'type'
  | 'list'
  | 'data'

/** The keywords that decide whether a value fits (JSON Schema 2020-12: core 10, validation 6 and 7). */
const shapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['$ref', 'reference'],
  ['type', 'type'],
  ['const', 'data'],
  ['enum', 'list'],
  ['minLength', 'count'],
  ['maxLength', 'count'],
  ['pattern', 'pattern'],
  ['format', 'format'],
  ['minimum', 'number'],
  ['maximum', 'number'],
  ['exclusiveMinimum', 'number'],
  ['exclusiveMaximum', 'number'],
  ['multipleOf', 'divisor'],
  ['required', 'names'],
  ['properties', 'schema map'],
  ['patternProperties', 'pattern map'],
  ['additionalProperties', 'schema'],
  ['propertyNames', 'schema'],
  ['minProperties', 'count'],
  ['maxProperties', 'count'],
  ['dependentRequired', 'name map'],
  ['dependentSchemas', 'schema map'],
  ['prefixItems', 'schemas'],
  ['items', 'schema'],
  ['contains', 'schema'],
  ['minContains', 'count'],
  ['maxContains', 'count'],
  ['minItems', 'count'],
  ['maxItems', 'count'],
  ['uniqueItems', 'flag'],
  ['allOf', 'schemas'],
  ['anyOf', 'schemas'],
  ['oneOf', 'schemas'],
  ['not', 'schema'],
  ['if', 'schema'],
  ['then', 'schema'],
  ['else', 'schema'],
  ['unevaluatedItems', 'schema'],
  ['unevaluatedProperties', 'schema'],
])

/** Keywords that decide too, but that lowering should have written in another way. */
const refused = [
  '$defs',
  '$dynamicRef',
  '$recursiveRef',
  'additionalItems',
  'definitions',
  'dependencies',
  '~refine',
]

const typeNames = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']
const maxCount = 2 ** 29

const isSchema = (value: unknown) =>
  typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value))
const isList = (value: unknown, isItem: (item: unknown) => boolean) =>
  Array.isArray(value) && value.every(isItem)
const isMap = (value: unknown, isItem: (item: unknown) => boolean) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isItem)
const isString = (value: unknown): value is string => typeof value === 'string'
const isType = (value: unknown) => isString(value) && typeNames.includes(value)
const isPattern = (value: unknown) => isString(value) && compiles(value)

const holds: Readonly<Record<Shape, (value: unknown) => boolean>> = {
  schema: isSchema,
  schemas: (value) => isList(value, isSchema),
  'schema map': (value) => isMap(value, isSchema),
  names: (value) => isList(value, isString),
  'name map': (value) => isMap(value, (names) => isList(names, isString)),
  count: (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < maxCount,
  number: (value) => Number.isFinite(value),
  divisor: (value) => Number.isFinite(value) && (value as number) > 0,
  flag: (value) => typeof value === 'boolean',
  pattern: isPattern,
  'pattern map': (value) => isMap(value, isSchema) && Object.keys(value as object).every(isPattern),
  format: (value) => isString(value) && formatCheck(value) !== undefined,
  reference: (value) => isString(value) && value.startsWith('#/$defs/'),
  type: (value) => isType(value) || (isList(value, isType) && (value as unknown[]).length > 0),
  list: Array.isArray,
  data: () => true,
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u')
    return true
  } catch {
    return false
  }
}

/** A schema that is no boolean. */
export type ObjectSchema = Exclude<JsonSchema, boolean>

/**
 * The schema with nothing but the keywords that decide whether a value fits, all of them of the right shape.
 * Fails closed: what could make a check accept too much is refused with an error that names the place.
 */
export function pruneSchema(schema: JsonSchema, path: string): JsonSchema {
  if (typeof schema === 'boolean') return schema
  for (const keyword of refused) {
    if (Object.hasOwn(schema, keyword)) throw new Error(`${path}: the keyword ${keyword} cannot be checked.`)
  }
  const pruned: [string, unknown][] = []
  for (const [keyword, value] of Object.entries(schema)) {
    const shape = shapes.get(keyword)
    if (shape === undefined) continue
    if (!holds[shape](value)) throw new Error(`${path}/${keyword}: this is not what the keyword takes.`)
    pruned.push([keyword, value])
  }
  return mapSubschemas(Object.fromEntries(pruned), (inner, keyword) =>
    pruneSchema(inner, `${path}/${keyword}`),
  )
}

type MapSchema = (schema: JsonSchema, keyword: string) => JsonSchema

/** The schema with `map` applied to each schema that stands directly in one of its keywords. */
function mapSubschemas(schema: ObjectSchema, map: MapSchema): ObjectSchema {
  const entries = Object.entries(schema).map(([keyword, value]) => [keyword, mapKeyword(keyword, value, map)])
  return Object.fromEntries(entries) as ObjectSchema
}

function mapKeyword(keyword: string, value: unknown, map: MapSchema): unknown {
  const shape = shapes.get(keyword)
  if (shape === 'schema') return map(value as JsonSchema, keyword)
  if (shape === 'schemas') return (value as JsonSchema[]).map((inner) => map(inner, keyword))
  if (shape !== 'schema map' && shape !== 'pattern map') return value
  const entries = Object.entries(value as Record<string, JsonSchema>)
  return Object.fromEntries(entries.map(([key, inner]) => [key, map(inner, keyword)]))
}

/** The name behind a `$ref`. */
export function referencedName(reference: string): string {
  return reference.slice('#/$defs/'.length).replaceAll('~1', '/').replaceAll('~0', '~')
}

/** Calls back for each schema that stands directly in a keyword of this one. */
export function eachSubschema(
  schema: ObjectSchema,
  visit: (inner: JsonSchema, keyword: string) => void,
): void {
  for (const keyword of Object.keys(schema)) {
    const shape = shapes.get(keyword)
    if (shape === 'schema') visit(schema[keyword] as JsonSchema, keyword)
    else if (shape === 'schemas') for (const inner of schema[keyword] as JsonSchema[]) visit(inner, keyword)
    else if (shape === 'schema map' || shape === 'pattern map') {
      for (const inner of Object.values(schema[keyword] as Record<string, JsonSchema>)) visit(inner, keyword)
    }
  }
}

/** What was found before: every part of the output asks for the same schemas. */
const found = new WeakMap<ObjectSchema, ReadonlySet<string>>()

/** The names of the schemas that this one, or a schema inside of it, refers to. */
export function referencesOf(schema: JsonSchema): ReadonlySet<string> {
  if (typeof schema === 'boolean') return new Set()
  const known = found.get(schema)
  if (known !== undefined) return known
  const names = new Set<string>()
  collectReferences(schema, names)
  found.set(schema, names)
  return names
}

function collectReferences(schema: JsonSchema, names: Set<string>): void {
  if (typeof schema === 'boolean') return
  if (schema.$ref !== undefined) names.add(referencedName(String(schema.$ref)))
  eachSubschema(schema, (inner) => collectReferences(inner, names))
}
