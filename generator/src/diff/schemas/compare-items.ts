import type { JsonSchema } from '../../ir.js'
import { type Found, type Inner, listOf, type ObjectSchema, type SchemaRule } from './schema-rule.js'

/** ITEMS_*, TUPLE_*: what stands in an array. */
export const compareItems: SchemaRule = function* ({ before, after }) {
  const length = Math.max(listOf(before, 'prefixItems').length, listOf(after, 'prefixItems').length)
  for (let index = 0; index < length; index++) yield* comparePosition(index, before, after)
  const old = restOf(before)
  const now = restOf(after)
  yield* compareRest(old, now, ['items'])
}

function* comparePosition(index: number, before: ObjectSchema, after: ObjectSchema): Iterable<Found | Inner> {
  const steps = ['prefixItems', String(index)]
  const old = listOf(before, 'prefixItems')[index] ?? restOf(before)
  const now = listOf(after, 'prefixItems')[index] ?? restOf(after)
  if (old === false && now !== false) {
    yield { kind: 'TUPLE_ITEM_ADDED', steps, what: `There may be an item ${index + 1} now.` }
  } else if (now === false && old !== false) {
    yield { kind: 'TUPLE_ITEM_REMOVED', steps, what: `There is no item ${index + 1} any more.` }
  } else yield* compareRest(old, now, steps)
}

function* compareRest(old: JsonSchema, now: JsonSchema, steps: readonly string[]): Iterable<Found | Inner> {
  if (isAnything(old) && !isAnything(now)) {
    yield { kind: 'ITEMS_RESTRICTED', steps, what: 'Not every item is allowed any more.' }
  } else if (isAnything(now) && !isAnything(old)) {
    yield { kind: 'ITEMS_RELEASED', steps, what: 'Items may be anything now.' }
  } else yield { before: old, after: now, steps }
}

function restOf(schema: ObjectSchema): JsonSchema {
  return (schema.items as JsonSchema | undefined) ?? true
}

function isAnything(schema: JsonSchema): boolean {
  return schema === true || (typeof schema === 'object' && Object.keys(schema).length === 0)
}

/** UNIQUE_ITEMS_*: whether an item may stand in an array twice. */
export const compareUniqueness: SchemaRule = function* ({ before, after }) {
  const [was, is] = [before.uniqueItems === true, after.uniqueItems === true]
  const steps = ['uniqueItems']
  if (is && !was) yield { kind: 'UNIQUE_ITEMS_REQUIRED', steps, what: 'No item may occur twice now.' }
  if (was && !is) yield { kind: 'UNIQUE_ITEMS_LIFTED', steps, what: 'Items may occur twice now.' }
}
