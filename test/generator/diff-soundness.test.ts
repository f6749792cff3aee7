import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'
import type { JsonSchema } from 'wirepact/compiler'
import { diffPayload } from './diff-world.js'

type Draw = (below: number) => number

/** Numbers that look random and are the same on every run. */
function createDraw(seed: number): Draw {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const pick = <Item>(draw: Draw, items: readonly Item[]): Item => items[draw(items.length)] as Item
const maybe = (draw: Draw, part: Record<string, unknown>) => (draw(3) === 0 ? part : {})

const makers: readonly ((draw: Draw, depth: number) => JsonSchema)[] = [
  (draw) => ({
    type: 'string',
    ...maybe(draw, { minLength: draw(3) }),
    ...maybe(draw, { maxLength: 1 + draw(3) }),
  }),
  (draw) => ({ type: 'string', ...maybe(draw, { pattern: pick(draw, ['^a', 'b', '^$']) }) }),
  (draw) => ({
    type: pick(draw, ['integer', 'number']),
    ...maybe(draw, { minimum: draw(3) }),
    ...maybe(draw, { exclusiveMaximum: 1 + draw(4) }),
    ...maybe(draw, { multipleOf: pick(draw, [1, 2, 0.5]) }),
  }),
  (draw) => ({
    type: pick(draw, ['integer', 'number']),
    ...maybe(draw, { exclusiveMinimum: pick(draw, [0, 0.5, 1]) }),
    ...maybe(draw, { minimum: pick(draw, [0, 0.5, 1]) }),
    ...maybe(draw, { maximum: 1 + draw(3) }),
  }),
  (draw) => ({
    enum: ['a', 'ab', 1, 2, null, true].filter(() => draw(2) === 0).concat('b'),
    ...maybe(draw, { maximum: 1 }),
    ...maybe(draw, { maxLength: 1 }),
    ...maybe(draw, { pattern: '^a' }),
    ...maybe(draw, { type: ['string', 'null'] }),
  }),
  (draw) => ({ enum: ['a', 'ab', 1, null].filter(() => draw(2) === 0).concat('b') }),
  (draw) => ({ type: pick(draw, ['boolean', 'null', ['boolean', 'null']]) }),
  (draw) => ({
    anyOf: [true, false, null]
      .filter(() => draw(3) > 0)
      .map((value): JsonSchema => ({ const: value }))
      .concat({ type: 'string' }),
  }),
  (draw) => ({
    type: ['string', 'integer', 'array'].filter(() => draw(3) > 0).concat('null'),
    ...maybe(draw, { minLength: 1 }),
    ...maybe(draw, { minimum: 1 }),
    ...maybe(draw, { maxItems: 1 }),
  }),
  (draw) => ({ const: pick(draw, ['a', 1, null]) }),
  (draw) => ({ type: ['string', 'null', 'boolean'].filter(() => draw(2) === 0).concat('integer') }),
  (draw, depth) => ({
    type: 'array',
    items: make(draw, depth + 1),
    ...maybe(draw, { minItems: draw(2) }),
    ...maybe(draw, { maxItems: 1 + draw(2) }),
    ...maybe(draw, { uniqueItems: true }),
  }),
  (draw, depth) => ({
    type: 'array',
    prefixItems: [make(draw, depth + 1), make(draw, depth + 1)].slice(draw(2)),
    ...(draw(2) === 0 && { items: false }),
    ...maybe(draw, { maxItems: draw(3) }),
    ...maybe(draw, { minItems: draw(3) }),
  }),
  (draw, depth) => makeObject(draw, depth),
  (draw, depth) => makeObject(draw, depth),
  (draw, depth) => ({ [pick(draw, ['anyOf', 'oneOf'])]: [make(draw, depth + 1), make(draw, depth + 1)] }),
  (draw, depth) => ({ allOf: [makeObject(draw, depth + 1), makeObject(draw, depth + 1)] }),
  (draw, depth) => ({ not: make(draw, depth + 1) }),
]

function makeObject(draw: Draw, depth: number): JsonSchema {
  const names = ['a', 'b', 'c'].filter(() => draw(2) === 0)
  const properties = Object.fromEntries(names.map((name) => [name, make(draw, depth + 1)]))
  const required = names.filter(() => draw(2) === 0)
  return { type: 'object', properties, required, ...maybe(draw, { additionalProperties: false }) }
}

function make(draw: Draw, depth: number): JsonSchema {
  return pick(draw, depth > 2 ? makers.slice(0, 10) : makers)(draw, depth)
}

/** The schema with one part made anew: what a person does to a schema. */
function mutate(draw: Draw, schema: JsonSchema, depth = 0): JsonSchema {
  if (typeof schema === 'boolean' || draw(3) === 0) return make(draw, depth)
  const key = pick(draw, Object.keys(schema))
  const value = schema[key]
  if (Array.isArray(value) && value.length > 0 && typeof value[0] === 'object' && key !== 'enum') {
    const at = draw(value.length)
    return {
      ...schema,
      [key]: value.map((inner, index) => (index === at ? mutate(draw, inner, depth + 1) : inner)),
    }
  }
  if (key === 'properties') {
    const name = pick(draw, ['a', 'b', 'c'])
    const properties = value as Record<string, JsonSchema>
    const { [name]: _, ...others } = properties
    const inner = properties[name] ?? make(draw, depth + 1)
    return {
      ...schema,
      properties: draw(3) === 0 ? others : { ...properties, [name]: mutate(draw, inner, depth + 1) },
    }
  }
  if (key === 'required') return { ...schema, required: ['a', 'b', 'c'].filter(() => draw(2) === 0) }
  if (key === 'items' || key === 'not')
    return { ...schema, [key]: mutate(draw, value as JsonSchema, depth + 1) }
  return make(draw, depth)
}

const leaves = ['', 'a', 'ab', 'b', 'abc', 0, 1, 2, 3, 0.5, -1, null, true, false]

/** A value that a sender made for the schema: objects have the properties that it knows, and no others. */
function sample(draw: Draw, schema: JsonSchema): unknown {
  if (typeof schema === 'boolean') return pick(draw, leaves)
  const inner = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined
  if (inner !== undefined) return sample(draw, pick(draw, inner))
  if (Array.isArray(schema.allOf)) {
    return Object.assign({}, ...(schema.allOf as JsonSchema[]).map((part) => sample(draw, part)))
  }
  if (schema.type === 'object') {
    const properties = Object.entries(schema.properties as Record<string, JsonSchema>)
    const kept = properties.filter(() => draw(3) > 0)
    return Object.fromEntries(kept.map(([name, property]) => [name, sample(draw, property)]))
  }
  if (schema.type !== 'array') return pick(draw, leaves)
  const tuple = (schema.prefixItems ?? []) as JsonSchema[]
  const rest = (schema.items ?? true) as JsonSchema
  return Array.from({ length: draw(4) }, (_, index) => sample(draw, tuple[index] ?? rest))
}

it('whatever a receiver refuses of what a sender may send is called wire-breaking: 2,000 seeded pairs', () => {
  const draw = createDraw(2026)
  const ajv = new Ajv2020({ strict: false })
  const missed: unknown[] = []
  let refused = 0
  for (let round = 0; round < 1000; round++) {
    const before = make(draw, 0)
    const after = mutate(draw, before)
    const [acceptsOld, acceptsNew] = [ajv.compile(before), ajv.compile(after)]
    const sides = [
      { direction: 'toServer', sender: before, may: acceptsOld, takes: acceptsNew },
      { direction: 'toClient', sender: after, may: acceptsNew, takes: acceptsOld },
    ] as const
    for (const { direction, sender, may, takes } of sides) {
      const values = Array.from({ length: 12 }, () => sample(draw, sender))
      const value = values.find((one) => may(one) && !takes(one))
      if (value === undefined) continue
      refused++
      const changes = diffPayload(before, after, direction)
      if (changes.some((change) => change.class === 'wire-breaking')) continue
      missed.push({ direction, before, after, value, kinds: changes.map(({ kind }) => kind) })
    }
  }
  expect(missed).toEqual([])
  expect(refused).toBeGreaterThan(100)
}, 60_000)
