import { listOf, type ObjectSchema } from './schema-rule.js'

/** A list that may not be longer than its first items has no others, and one without others may not be longer. */
export function normaliseTuple(schema: ObjectSchema): ObjectSchema {
  const first = listOf(schema, 'prefixItems')
  const { maxItems, ...others } = schema
  if (first.length === 0 || typeof maxItems !== 'number') return schema
  if (maxItems > first.length) return schema.items === false ? others : schema
  return { ...others, prefixItems: first.slice(0, maxItems), items: false }
}

/** How long a list may be so that it is compared position by position. */
const maxPositions = 100

/** A list of limited length in the form of a tuple. */
export function toTuple(schema: ObjectSchema): ObjectSchema {
  const { maxItems, items = true, ...others } = schema
  if (typeof maxItems !== 'number' || maxItems > maxPositions || 'prefixItems' in schema) return schema
  return { ...others, prefixItems: Array.from({ length: maxItems }, () => items), items: false }
}

export function isTuple(schema: ObjectSchema): boolean {
  return schema.items === false && 'prefixItems' in schema
}
