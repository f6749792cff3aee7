import type { JsonSchema } from 'wirepact/compiler'
import type { Random } from './random.js'
import { formatted, numbers, texts } from './samples.js'

/** Any JSON value. */
export function makePlain(random: Random, depth: number): unknown {
  const kind = random.int(0, depth > 0 ? 6 : 3)
  if (kind === 0) return random.pick([null, true, false])
  if (kind === 1) return random.pick(numbers)
  if (kind <= 3) return random.pick(texts)
  if (kind === 4) return random.list(random.int(0, 4), () => makePlain(random, depth - 1))
  return fromEntries(random.some(random.names, 0.12).map((name) => [name, makePlain(random, depth - 1)]))
}

/** A value that was made with the schema in mind: it often fits. */
export function makeFitting(schema: JsonSchema, random: Random, root: JsonSchema, depth = 4): unknown {
  if (typeof schema === 'boolean' || depth <= 0) return makePlain(random, 1)
  const inner = (part: unknown) => makeFitting(part as JsonSchema, random, root, depth - 1)
  const { $ref, anyOf, oneOf, allOf } = schema
  if (Object.hasOwn(schema, 'const')) return schema.const
  if (Array.isArray(schema.enum)) return random.pick(schema.enum)
  if (typeof $ref === 'string') return inner(definition(root, $ref))
  const branches = [anyOf, oneOf, allOf].flatMap((list) => (Array.isArray(list) ? list : []))
  if (branches.length > 0 && random.chance(0.8)) return inner(random.pick(branches))
  return ofType(schema, random, inner)
}

function definition(root: JsonSchema, reference: string): unknown {
  const { $defs } = root as { $defs: Record<string, JsonSchema> }
  return $defs[reference.slice('#/$defs/'.length)]
}

type Inner = (schema: unknown) => unknown

function ofType(schema: Exclude<JsonSchema, boolean>, random: Random, inner: Inner): unknown {
  const guesses = ['string', 'number', 'object', 'object', 'array', 'null']
  const type = random.pick([schema.type ?? random.pick(guesses)].flat())
  if (type === 'object') return objectFor(schema, random, inner)
  if (type === 'array') return arrayFor(schema, random, inner)
  if (type === 'string') return textFor(schema, random)
  if (type === 'integer') return random.pick(numbers.filter(Number.isInteger))
  if (type === 'number') return random.pick(numbers)
  return type === 'null' ? null : random.chance(0.5)
}

function textFor({ format }: Exclude<JsonSchema, boolean>, random: Random): string {
  const samples = typeof format === 'string' ? formatted[format] : undefined
  if (samples === undefined) return random.pick(texts)
  return random.pick(random.chance(0.7) ? samples.fits : samples.fails)
}

function objectFor(schema: Exclude<JsonSchema, boolean>, random: Random, inner: Inner): unknown {
  const properties = Object.entries((schema.properties as object | undefined) ?? {})
  const required = (schema.required as string[] | undefined) ?? []
  const kept = properties.filter(([name]) => required.includes(name) || random.chance(0.5))
  const others = required.filter((name) => !properties.some(([known]) => known === name))
  const more = random.chance(0.2) ? [random.pick(random.names)] : []
  const free = [...others, ...more].map((name) => [name, inner(schema.additionalProperties ?? true)])
  return fromEntries([...free, ...kept.map(([name, part]) => [name, inner(part)])] as [string, unknown][])
}

function arrayFor(schema: Exclude<JsonSchema, boolean>, random: Random, inner: Inner): unknown {
  const prefix = (schema.prefixItems as unknown[] | undefined) ?? []
  const start = prefix.slice(0, random.chance(0.8) ? prefix.length : 1).map(inner)
  const rest = schema.items === false && random.chance(0.9) ? 0 : random.int(0, 3)
  const item = schema.items ?? (random.chance(0.5) ? schema.contains : undefined) ?? true
  return [...start, ...random.list(rest, () => inner(item))]
}

/** The value with one place of it changed, removed or added. */
export function mutate(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.chance(0.15)) return makePlain(random, 2)
  if (Array.isArray(value)) return mutateList(value, random)
  const entries = Object.entries(value)
  const at = random.int(0, entries.length)
  const chosen = entries[at]
  if (chosen === undefined)
    return fromEntries([...entries, [random.pick(random.names), makePlain(random, 1)]])
  const others = entries.filter((_, index) => index !== at)
  return random.chance(0.4)
    ? fromEntries(others)
    : fromEntries([...others, [chosen[0], mutate(chosen[1], random)]])
}

function mutateList(list: readonly unknown[], random: Random): unknown[] {
  const at = random.int(0, list.length)
  if (at === list.length)
    return [...list, list.length > 0 && random.chance(0.5) ? list[0] : makePlain(random, 1)]
  const before = list.slice(0, at)
  const after = list.slice(at + 1)
  return random.chance(0.4) ? [...before, ...after] : [...before, mutate(list[at], random), ...after]
}

/** As a message comes off the wire: `__proto__` is a property like any other. */
function fromEntries(entries: readonly (readonly [string, unknown])[]): unknown {
  return Object.fromEntries(entries)
}
