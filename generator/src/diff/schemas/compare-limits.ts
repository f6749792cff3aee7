import type { Found, ObjectSchema, SchemaRule } from './schema-rule.js'

interface Limit {
  readonly keyword: string
  readonly raised: Found['kind']
  readonly lowered: Found['kind']
  /** What holds when the keyword is not there. */
  readonly absent: number
}

const none = Number.POSITIVE_INFINITY

const limits: readonly Limit[] = [
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
  yield* compareEnds('minimum', [lowEnd(before), lowEnd(after)])
  yield* compareEnds('maximum', [highEnd(before), highEnd(after)])
  for (const { keyword, raised, lowered, absent } of limits) {
    const old = numberOf(before[keyword], absent)
    const now = numberOf(after[keyword], absent)
    if (old === now) continue
    const what = `${keyword} is ${showLimit(now)} now, and was ${showLimit(old)}.`
    yield { kind: now > old ? raised : lowered, steps: [keyword], what }
  }
}

/** Where the numbers begin or end, and whether the end itself is left out. */
interface End {
  readonly at: number
  readonly isOpen: boolean
  /** The outermost number that is allowed, which integers always have; else what comes next to it. */
  readonly first: number
  readonly isReached: boolean
}

function lowEnd({ type, minimum, exclusiveMinimum }: ObjectSchema): End {
  const [closed, open] = [numberOf(minimum, -none), numberOf(exclusiveMinimum, -none)]
  const at = Math.max(closed, open)
  const first = type === 'integer' ? Math.max(Math.ceil(closed), Math.floor(open) + 1) : at
  const isOpen = open >= closed && open !== -none
  return { at, isOpen, first, isReached: type === 'integer' || !isOpen }
}

function highEnd({ type, maximum, exclusiveMaximum }: ObjectSchema): End {
  const [closed, open] = [numberOf(maximum, none), numberOf(exclusiveMaximum, none)]
  const at = Math.min(closed, open)
  const first = type === 'integer' ? Math.min(Math.floor(closed), Math.ceil(open) - 1) : at
  const isOpen = open <= closed && open !== none
  return { at, isOpen, first, isReached: type === 'integer' || !isOpen }
}

type Ends = readonly [old: End, now: End]

/** Above zero when the end has moved up. */
function order(keyword: 'minimum' | 'maximum', [old, now]: Ends): number {
  const inside = (end: End) => (end.isReached ? 0 : keyword === 'minimum' ? 1 : -1)
  return now.first === old.first ? inside(now) - inside(old) : now.first - old.first
}

/** Both keywords of an end are one limit: the tighter one rules. */
function* compareEnds(keyword: 'minimum' | 'maximum', ends: Ends): Iterable<Found> {
  const [old, now] = ends
  const moved = order(keyword, ends)
  if (moved === 0) return
  const { isOpen } = Number.isFinite(now.at) ? now : old
  const name = isOpen ? exclusive[keyword] : keyword
  const kind = isOpen ? (`EXCLUSIVE_${upper[keyword]}` as const) : upper[keyword]
  const what = `${name} is ${showEnd(now)} now, and was ${showEnd(old)}.`
  yield { kind: `${kind}_${moved > 0 ? 'RAISED' : 'LOWERED'}`, steps: [name], what }
}

const upper = { minimum: 'MINIMUM', maximum: 'MAXIMUM' } as const
const exclusive = { minimum: 'exclusiveMinimum', maximum: 'exclusiveMaximum' } as const

function showEnd({ at, isOpen }: End): string {
  return isOpen ? `${showLimit(at)}, left out` : showLimit(at)
}

function numberOf(value: unknown, absent: number): number {
  return typeof value === 'number' ? value : absent
}

function showLimit(value: number): string {
  return Number.isFinite(value) ? String(value) : 'unlimited'
}
