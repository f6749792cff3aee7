import type { JsonSchema } from 'wirepact/compiler'
import { makePlain } from './make-value.js'
import type { Random } from './random.js'
import { formatNames, numbers, patterns, texts } from './samples.js'

type Keywords = Record<string, unknown>
type Make = (random: Random, depth: number) => JsonSchema

/** A document with definitions that refer to each other, below properties and items. */
export function makeDocument(random: Random): JsonSchema {
  const root = makeSchema(random, 3)
  if (typeof root === 'boolean') return root
  const definitions = ['one', 'two', 'three'].map((name) => [name, makeSchema(random, 2)])
  return { ...root, $defs: Object.fromEntries(definitions) }
}

function makeSchema(random: Random, depth: number): JsonSchema {
  if (random.chance(0.05)) return random.chance(0.7)
  return random.pick(depth <= 0 ? leaves : makers)(random, depth)
}

const typeNames = ['string', 'number', 'integer', 'boolean', 'null', 'object', 'array']

function string(random: Random): Keywords {
  return {
    ...(random.chance(0.4) && { minLength: random.int(0, 3) }),
    ...(random.chance(0.4) && { maxLength: random.int(0, 4) }),
    ...(random.chance(0.2) && { pattern: random.pick(patterns) }),
    ...(random.chance(0.2) && { format: random.pick(formatNames) }),
  }
}

/** Divisors are exact in binary: Ajv divides, and so is wrong about others. Ours are held to exact arithmetic. */
function number(random: Random): Keywords {
  return {
    ...(random.chance(0.3) && { minimum: random.pick(numbers) }),
    ...(random.chance(0.3) && { maximum: random.pick(numbers) }),
    ...(random.chance(0.1) && { exclusiveMinimum: random.pick(numbers) }),
    ...(random.chance(0.1) && { exclusiveMaximum: random.pick(numbers) }),
    ...(random.chance(0.15) && { multipleOf: random.pick([1, 2, 3, 0.5, 0.25]) }),
  }
}

function object(random: Random, depth: number): Keywords {
  const own = random.some(random.names, 0.15)
  const inner = () => makeSchema(random, depth - 1)
  const map = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, inner()]))
  return {
    ...(random.chance(0.9) && { properties: map(own) }),
    ...(random.chance(0.7) && {
      required: [...new Set([...random.some(own), ...random.some(random.names, 0.02)])],
    }),
    ...(random.chance(0.4) && { additionalProperties: random.chance(0.6) ? false : inner() }),
    ...(random.chance(0.15) && { patternProperties: map(random.some(patterns, 0.2)) }),
    ...(random.chance(0.1) && { propertyNames: { ...string(random) } }),
    ...(random.chance(0.1) && { minProperties: random.int(0, 3) }),
    ...(random.chance(0.1) && { maxProperties: random.int(0, 4) }),
    ...(random.chance(0.1) && {
      dependentRequired: { [random.pick(random.names)]: random.some(random.names, 0.05) },
    }),
    ...(random.chance(0.1) && { dependentSchemas: map(random.some(own, 0.3)) }),
    ...(random.chance(0.1) && { unevaluatedProperties: random.chance(0.6) ? false : inner() }),
  }
}

function array(random: Random, depth: number): Keywords {
  const inner = () => makeSchema(random, depth - 1)
  return {
    ...(random.chance(0.6) && { items: inner() }),
    ...(random.chance(0.3) && { prefixItems: random.list(random.int(1, 3), inner) }),
    ...(random.chance(0.15) && { contains: inner() }),
    ...(random.chance(0.1) && { minContains: random.int(0, 1) }),
    ...(random.chance(0.1) && { maxContains: random.int(1, 2) }),
    ...(random.chance(0.3) && { minItems: random.int(0, 2) }),
    ...(random.chance(0.3) && { maxItems: random.int(1, 4) }),
    ...(random.chance(0.2) && { uniqueItems: true }),
    ...(random.chance(0.1) && { unevaluatedItems: random.chance(0.6) ? false : inner() }),
  }
}

const typed: Make = (random, depth) => {
  const type = random.pick(typeNames)
  if (type === 'string') return { type, ...string(random) }
  if (type === 'number' || type === 'integer') return { type, ...number(random) }
  if (type === 'object') return { type, ...object(random, depth) }
  return type === 'array' ? { type, ...array(random, depth) } : { type }
}

/** Keywords without a type, and types of several kinds: what people rarely write and documents do contain. */
const mixed: Make = (random, depth) => ({
  ...(random.chance(0.4) && { type: random.some(typeNames, 0.4).slice(0, 3).concat('null').filter(isFirst) }),
  ...(random.chance(0.4) && string(random)),
  ...(random.chance(0.4) && number(random)),
  ...(random.chance(0.5) && object(random, depth)),
  ...(random.chance(0.4) && array(random, depth)),
})

const constant: Make = (random) => ({ const: makePlain(random, 2) })

const choice: Make = (random) => {
  const values = random.chance(0.5) ? texts : [...texts, ...numbers, null, true, false]
  const list = random.some(values, 0.4).concat('a').filter(isFirst)
  return { ...(random.chance(0.3) && { type: 'string' }), enum: list }
}

const combined: Make = (random, depth) => {
  const list = () => random.list(random.int(1, 3), () => makeSchema(random, depth - 1))
  return {
    ...(random.chance(0.3) && (typed(random, depth) as Keywords)),
    ...(random.chance(0.3) && { allOf: list() }),
    ...(random.chance(0.4) && { anyOf: list() }),
    ...(random.chance(0.3) && { oneOf: list() }),
    ...(random.chance(0.2) && { not: makeSchema(random, depth - 1) }),
    ...(random.chance(0.2) && { if: makeSchema(random, depth - 1) }),
    // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema, and nobody awaits this.
    ...(random.chance(0.2) && { then: makeSchema(random, depth - 1) }),
    ...(random.chance(0.2) && { else: makeSchema(random, depth - 1) }),
    ...(random.chance(0.1) && { unevaluatedProperties: random.chance(0.5) }),
    ...(random.chance(0.1) && { unevaluatedItems: random.chance(0.5) }),
  }
}

/** A union as an API has them: told apart by a constant. */
const tagged: Make = (random, depth) => {
  const branches = random.some(['a', 'b', 'abc', 1, true], 0.7).map((tag) => {
    const { properties = {}, required = [], ...rest } = object(random, depth - 1)
    const tagSchema = random.chance(0.8) ? { const: tag } : { enum: [tag, `${tag}!`] }
    const all = { ...(properties as object), kind: tagSchema }
    return {
      type: 'object',
      ...rest,
      properties: all,
      required: [...(required as string[]), 'kind'].filter(isFirst),
    }
  })
  const rest = { ...(random.chance(0.3) && { properties: { id: true }, unevaluatedProperties: false }) }
  return {
    ...rest,
    [random.pick(['anyOf', 'oneOf'])]: branches.length === 0 ? [{ type: 'object' }] : branches,
  }
}

/** A list with a form of its own for the first items. */
const tuple: Make = (random, depth) => ({
  type: 'array',
  prefixItems: random.list(random.int(1, 2), () => random.pick(leaves)(random, 0)),
  [random.pick(['items', 'items', 'unevaluatedItems'])]: random.pick([
    false,
    { type: 'string' },
    makeSchema(random, depth - 1),
  ]),
  ...(random.chance(0.3) && { minItems: random.int(0, 2) }),
})

/** A reference stands below a property or in a list, so that no schema applies itself to the same value. */
const reference: Make = (random) => {
  const $ref = `#/$defs/${random.pick(['one', 'two', 'three'])}`
  if (random.chance(0.5)) return { type: 'object', properties: { [random.pick(random.names)]: { $ref } } }
  return { type: 'array', items: { $ref }, ...(random.chance(0.3) && { unevaluatedItems: false }) }
}

function isFirst(value: unknown, index: number, list: readonly unknown[]): boolean {
  return list.indexOf(value) === index
}

const leaves: readonly Make[] = [
  typed,
  constant,
  choice,
  () => ({ type: 'string' }),
  () => ({ type: 'number' }),
]
const makers: readonly Make[] = [
  typed,
  typed,
  typed,
  mixed,
  combined,
  combined,
  tagged,
  tagged,
  tuple,
  choice,
  reference,
]
