import { type Found, type SchemaRule, show } from './schema-rule.js'

/** PATTERN_*, FORMAT_*: how a string must look. */
export const compareForms: SchemaRule = function* ({ before, after }) {
  for (const keyword of ['pattern', 'format'] as const) {
    const old = before[keyword]
    const now = after[keyword]
    if (old === now) continue
    const upper = keyword === 'pattern' ? 'PATTERN' : 'FORMAT'
    const end = old === undefined ? 'ADDED' : now === undefined ? 'REMOVED' : 'CHANGED'
    const what = `The ${keyword} is ${show(now)} now, and was ${show(old)}.`
    yield { kind: `${upper}_${end}`, steps: [keyword], what }
  }
}

/** MULTIPLE_OF_*: what a number must be a multiple of. */
export const compareMultiples: SchemaRule = function* ({ before, after }) {
  const old = before.multipleOf
  const now = after.multipleOf
  if (old === now) return
  const what = `multipleOf is ${show(now)} now, and was ${show(old)}.`
  yield { kind: kindOf(old, now), steps: ['multipleOf'], what }
}

function kindOf(old: unknown, now: unknown): Found['kind'] {
  if (typeof old !== 'number') return 'MULTIPLE_OF_TIGHTENED'
  if (typeof now !== 'number') return 'MULTIPLE_OF_LOOSENED'
  if (Number.isInteger(now / old)) return 'MULTIPLE_OF_TIGHTENED'
  return Number.isInteger(old / now) ? 'MULTIPLE_OF_LOOSENED' : 'MULTIPLE_OF_CHANGED'
}
