import { canonicalJson } from '../../lower/canonical.js'
import { valuesOf } from './compare-types.js'
import { type Found, type ObjectSchema, type SchemaRule, show } from './schema-rule.js'

/** ENUM_*, CONST_CHANGED: which values are allowed, where they are listed. */
export const compareValues: SchemaRule = function* ({ before, after }) {
  const old = valuesOf(before)
  const now = valuesOf(after)
  if (old === undefined && now === undefined) return
  if (old === undefined || now === undefined) {
    const kind = old === undefined ? 'ENUM_INTRODUCED' : 'ENUM_DROPPED'
    const list = (old ?? now ?? []).map(show).join(', ')
    const what =
      old === undefined ? `Only ${list} may stand here now.` : `Not only ${list} may stand here now.`
    yield { kind, steps: stepsTo(after), what }
    return
  }
  const added = without(now, old)
  const removed = without(old, now)
  if ('const' in before && 'const' in after && added.length > 0) {
    const what = `The value is ${show(after.const)} now, and was ${show(before.const)}.`
    yield { kind: 'CONST_CHANGED', steps: ['const'], what }
    return
  }
  yield* added.map((value) => change('ENUM_VALUE_ADDED', `${show(value)} is allowed now.`, after))
  yield* removed.map((value) =>
    change('ENUM_VALUE_REMOVED', `${show(value)} is not allowed any more.`, after),
  )
}

function change(kind: Found['kind'], what: string, after: ObjectSchema): Found {
  return { kind, what, steps: stepsTo(after) }
}

function stepsTo(schema: ObjectSchema): readonly string[] {
  if ('const' in schema) return ['const']
  return 'enum' in schema ? ['enum'] : []
}

function without(values: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  const known = new Set(others.map(canonicalJson))
  return values.filter((value) => !known.has(canonicalJson(value)))
}
