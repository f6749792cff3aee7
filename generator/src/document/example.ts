import type { JsonSchema, SchemaIr } from '../ir.js'
import { refName, variantsOf } from './type-label.js'

type ObjectSchema = Exclude<JsonSchema, boolean>
type Schemas = ReadonlyMap<string, SchemaIr>

/** Where in an example something stands: how deep, and within which named types. */
interface Place {
  readonly schemas: Schemas
  readonly depth: number
  readonly within: readonly string[]
}

/** How deep an example goes before it leaves out what it can. */
const maxDepth = 5

/**
 * A value that fits a schema, as far as it can be told from the schema: the same on every run. What is optional is
 * left out where a type would stand within itself.
 */
export function exampleOf(schema: JsonSchema, schemas: Schemas): unknown {
  return exampleAt(schema, { schemas, depth: 0, within: [] })
}

function exampleAt(schema: JsonSchema, place: Place): unknown {
  if (typeof schema === 'boolean') return schema ? 'anything' : null
  if (Array.isArray(schema.examples) && schema.examples.length > 0) return schema.examples[0]
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  if (schema.default !== undefined) return schema.default
  const name = refName(schema)
  if (name !== undefined) return namedExample(name, place)
  const [first] = variantsOf(schema) ?? []
  if (first !== undefined) return merge(exampleAt(first, place), ownExample(schema, place))
  const parts = Array.isArray(schema.allOf) ? (schema.allOf as JsonSchema[]) : []
  return parts.map((part) => exampleAt(part, place)).reduce(merge, ownExample(schema, place))
}

function namedExample(name: string, { schemas, depth, within }: Place): unknown {
  if (depth > maxDepth * 2) return null
  const schema = schemas.get(name)?.schema ?? true
  return exampleAt(schema, { schemas, depth: depth + 1, within: [...within, name] })
}

/** Objects are put together; of other values the first that says something is taken. */
function merge(one: unknown, other: unknown): unknown {
  if (isObject(one) && isObject(other)) return { ...one, ...other }
  return one === undefined ? other : one
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function ownExample(schema: ObjectSchema, place: Place): unknown {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (type === 'object' || 'properties' in schema) return objectExample(schema, place)
  if (type === 'array') return arrayExample(schema, place)
  if (type === 'string') return stringExample(schema)
  if (type === 'integer' || type === 'number') return numberExample(schema)
  if (type === 'boolean') return true
  return type === 'null' ? null : undefined
}

function objectExample(schema: ObjectSchema, place: Place): unknown {
  const required = new Set(Array.isArray(schema.required) ? (schema.required as string[]) : [])
  const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)
  const kept = properties.filter(([name, inner]) => required.has(name) || isWorthwhile(inner, place))
  return Object.fromEntries(kept.map(([name, inner]) => [name, exampleAt(inner, deeper(place))]))
}

/** Whether something that may be left out is shown. */
function isWorthwhile(schema: JsonSchema, { depth, within }: Place): boolean {
  const name = refName(schema)
  return depth < maxDepth && (name === undefined || !within.includes(name))
}

function deeper(place: Place): Place {
  return { ...place, depth: place.depth + 1 }
}

function arrayExample(schema: ObjectSchema, place: Place): unknown {
  const tuple = Array.isArray(schema.prefixItems) ? (schema.prefixItems as JsonSchema[]) : []
  if (tuple.length > 0) return tuple.map((item) => exampleAt(item, deeper(place)))
  const items = (schema.items ?? true) as JsonSchema
  const least = typeof schema.minItems === 'number' ? schema.minItems : 0
  if (least === 0 && !isWorthwhile(items, place)) return []
  const count = Math.min(Math.max(least, 1), 3)
  return Array.from({ length: count }, () => exampleAt(items, deeper(place)))
}

const formats: Readonly<Record<string, string>> = {
  'date-time': '2026-01-31T12:00:00Z',
  date: '2026-01-31',
  time: '12:00:00Z',
  duration: 'PT1H',
  email: 'ada@example.org',
  hostname: 'example.org',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.org/',
  url: 'https://example.org/',
  uuid: '3f2b8c1e-5d7a-4e0b-9c6f-1a2b3c4d5e6f',
}

/** What patterns ask for most often, the most telling first. */
const words = [
  'text',
  'lobby',
  'Ada',
  'TEXT',
  'a1',
  'A1',
  '1',
  '42',
  '#336699',
  'de-DE',
  '2026-01-31',
  '12:00',
  '1.0.0',
]

function stringExample({ format, pattern, minLength, maxLength }: ObjectSchema): string {
  if (typeof format === 'string' && Object.hasOwn(formats, format)) return formats[format] ?? ''
  const least = typeof minLength === 'number' ? minLength : 0
  const most = typeof maxLength === 'number' ? maxLength : Number.POSITIVE_INFINITY
  const sized = words.map((word) => word.padEnd(least, word).slice(0, most))
  return sized.find((word) => fits(word, pattern)) ?? 'text'
}

function fits(word: string, pattern: unknown): boolean {
  if (typeof pattern !== 'string') return true
  try {
    return new RegExp(pattern, 'u').test(word)
  } catch {
    return false
  }
}

function numberExample(schema: ObjectSchema): number {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema
  const step = typeof multipleOf === 'number' ? multipleOf : 1
  const least =
    typeof minimum === 'number'
      ? minimum
      : typeof exclusiveMinimum === 'number'
        ? exclusiveMinimum + step
        : undefined
  const most =
    typeof maximum === 'number'
      ? maximum
      : typeof exclusiveMaximum === 'number'
        ? exclusiveMaximum - step
        : undefined
  const wanted = Math.min(Math.max(1, least ?? 1), most ?? Number.POSITIVE_INFINITY)
  return typeof multipleOf === 'number' ? Math.ceil(wanted / step) * step : wanted
}
