import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'
import { diffApis, type JsonSchema } from 'wirepact/compiler'
import { api, chat, event } from './diff-world.js'

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

/** A payload that is put together of a named type and an object of its own. */
interface Version {
  readonly named: JsonSchema
  readonly own: JsonSchema
  /** How the two stand together. */
  readonly form: (own: JsonSchema) => JsonSchema
}

const ref = { $ref: '#/$defs/Part' }
const forms: readonly Version['form'][] = [
  (own) => ({ allOf: [ref, own] }),
  (own) => ({ allOf: [own, ref] }),
  (own) => ({ ...(own as object), allOf: [ref] }),
  (own) => ({ ...(own as object), ...ref }),
  (own) => ({ allOf: [ref, own], unevaluatedProperties: false }),
  (own) => ({ ...(own as object), allOf: [ref], additionalProperties: false }),
]

const leaf: readonly JsonSchema[] = [
  { type: 'string' },
  { type: 'integer' },
  { type: ['string', 'null'] },
  { type: 'string', minLength: 1 },
]

function makeObject(draw: Draw): JsonSchema {
  const names = ['a', 'b', 'c'].filter(() => draw(2) === 0)
  const properties = Object.fromEntries(names.map((name) => [name, pick(draw, leaf)]))
  const limit = pick(draw, [
    {},
    {},
    {},
    { additionalProperties: false },
    { minProperties: 1 },
    { maxProperties: 1 },
  ])
  return { type: 'object', properties, required: names.filter(() => draw(3) === 0), ...limit }
}

function change(draw: Draw, version: Version): Version {
  const part = pick(draw, ['named', 'own'] as const)
  const changed = version[part] as { readonly properties: Record<string, JsonSchema> }
  const name = pick(draw, ['a', 'b', 'c'])
  const { [name]: _, ...others } = changed.properties
  const properties = draw(2) === 0 ? others : { ...others, [name]: pick(draw, leaf) }
  const once = { ...version, [part]: draw(4) === 0 ? makeObject(draw) : { ...changed, properties } }
  return draw(3) === 0 ? change(draw, once) : once
}

const schemaOf = ({ own, form }: Version) => form(own)

function diff(before: Version, after: Version, direction: 'toServer' | 'toClient') {
  const message = event({ data: 'ChatSay' })
  const route = chat(direction === 'toServer' ? { clientToServer: [message] } : { serverToClient: [message] })
  const [old, now] = [before, after].map((one) => api([route], { ChatSay: schemaOf(one), Part: one.named }))
  return diffApis(old as NonNullable<typeof old>, now as NonNullable<typeof now>)
}

/** Values of the names that the sender's schema knows. */
function sample(draw: Draw, { named, own }: Version): unknown {
  const names = [named, own].flatMap((one) => Object.keys((one as { properties: object }).properties))
  const kept = [...new Set(names)].filter(() => draw(3) > 0)
  return Object.fromEntries(kept.map((name) => [name, pick(draw, ['', 'a', 1, null])]))
}

it('what a named type and an object beside it refuse together is called wire-breaking: 3,000 seeded pairs', () => {
  const draw = createDraw(7)
  const ajv = new Ajv2020({ strict: false })
  const missed: unknown[] = []
  let refused = 0
  for (let round = 0; round < 1500; round++) {
    const before = { named: makeObject(draw), own: makeObject(draw), form: pick(draw, forms) }
    const after = change(draw, before)
    const compile = (one: Version) => ajv.compile({ allOf: [schemaOf(one)], $defs: { Part: one.named } })
    const [acceptsOld, acceptsNew] = [compile(before), compile(after)]
    const sides = [
      { direction: 'toServer', sender: before, may: acceptsOld, takes: acceptsNew },
      { direction: 'toClient', sender: after, may: acceptsNew, takes: acceptsOld },
    ] as const
    for (const { direction, sender, may, takes } of sides) {
      const values = Array.from({ length: 12 }, () => sample(draw, sender))
      const value = values.find((one) => may(one) && !takes(one))
      if (value === undefined) continue
      refused++
      const changes = diff(before, after, direction)
      if (changes.some((one) => one.class === 'wire-breaking')) continue
      const show = (one: Version) => JSON.stringify({ schema: schemaOf(one), Part: one.named })
      missed.push({
        direction,
        before: show(before),
        after: show(after),
        value,
        kinds: changes.map(({ kind }) => kind),
      })
    }
  }
  expect(refused).toBeGreaterThan(100)
  expect(missed).toEqual([])
}, 60_000)
