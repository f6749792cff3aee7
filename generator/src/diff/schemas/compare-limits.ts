import type { Found, SchemaRule } from './schema-rule.js'

interface Limit {
  readonly keyword: string
  readonly raised: Found['kind']
  readonly lowered: Found['kind']
  /** What holds when the keyword is not there. */
  readonly absent: number
}

const none = Number.POSITIVE_INFINITY

const limits: readonly Limit[] = [
  { keyword: 'minimum', raised: 'MINIMUM_RAISED', lowered: 'MINIMUM_LOWERED', absent: -none },
  {
    keyword: 'exclusiveMinimum',
    raised: 'EXCLUSIVE_MINIMUM_RAISED',
    lowered: 'EXCLUSIVE_MINIMUM_LOWERED',
    absent: -none,
  },
  { keyword: 'maximum', raised: 'MAXIMUM_RAISED', lowered: 'MAXIMUM_LOWERED', absent: none },
  {
    keyword: 'exclusiveMaximum',
    raised: 'EXCLUSIVE_MAXIMUM_RAISED',
    lowered: 'EXCLUSIVE_MAXIMUM_LOWERED',
    absent: none,
  },
  { keyword: 'minLength', raised: 'MIN_LENGTH_RAISED', lowered: 'MIN_LENGTH_LOWERED', absent: 0 },
  { keyword: 'maxLength', raised: 'MAX_LENGTH_RAISED', lowered: 'MAX_LENGTH_LOWERED', absent: none },
  { keyword: 'minItems', raised: 'MIN_ITEMS_RAISED', lowered: 'MIN_ITEMS_LOWERED', absent: 0 },
  { keyword: 'maxItems', raised: 'MAX_ITEMS_RAISED', lowered: 'MAX_ITEMS_LOWERED', absent: none },
  { keyword: 'minContains', raised: 'MIN_CONTAINS_RAISED', lowered: 'MIN_CONTAINS_LOWERED', absent: 1 },
  { keyword: 'maxContains', raised: 'MAX_CONTAINS_RAISED', lowered: 'MAX_CONTAINS_LOWERED', absent: none },
  { keyword: 'minProperties', raised: 'MIN_PROPERTIES_RAISED', lowered: 'MIN_PROPERTIES_LOWERED', absent: 0 },
  {
    keyword: 'maxProperties',
    raised: 'MAX_PROPERTIES_RAISED',
    lowered: 'MAX_PROPERTIES_LOWERED',
    absent: none,
  },
]

/** MINIMUM_RAISED and its like: how much, how long, how many. */
export const compareLimits: SchemaRule = function* ({ before, after }) {
  for (const { keyword, raised, lowered, absent } of limits) {
    const old = numberOf(before[keyword], absent)
    const now = numberOf(after[keyword], absent)
    if (old === now) continue
    const what = `${keyword} is ${showLimit(now)} now, and was ${showLimit(old)}.`
    yield { kind: now > old ? raised : lowered, steps: [keyword], what }
  }
}

function numberOf(value: unknown, absent: number): number {
  return typeof value === 'number' ? value : absent
}

function showLimit(value: number): string {
  return Number.isFinite(value) ? String(value) : 'unlimited'
}
