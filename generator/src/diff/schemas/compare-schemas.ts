import type { Path } from '../../diagnose/diagnostic.js'
import type { JsonSchema } from '../../ir.js'
import { align } from './align.js'
import { compareBeside } from './compare-conditions.js'
import { expand, nameOf, withoutRef } from './expand.js'
import { normalise, unwrap } from './normalise.js'
import { toObject } from './parts-of-schema.js'
import type { Found, Versions } from './schema-rule.js'
import { schemaRules } from './schema-rules.js'

/** Where one named type stands in the place of another. */
export interface TypePair {
  readonly before: string
  readonly after: string
  readonly steps: Path
}

/** All that is different between two schemas, and the named types inside that are to be compared as well. */
export interface Comparison {
  readonly found: readonly Found[]
  readonly pairs: readonly TypePair[]
}

/** Compares two schemas by every rule. Named types inside are not entered where both sides have one. */
export function compareSchemas(before: JsonSchema, after: JsonSchema, versions: Versions): Comparison {
  const found: Found[] = []
  const pairs: TypePair[] = []
  const compare = (was: JsonSchema, is: JsonSchema, steps: Path): void => {
    const [old, now] = [unwrap(was), unwrap(is)]
    if (typeof old === 'boolean' && old === now) return
    const names = [nameOf(old), nameOf(now)] as const
    const isPair = names[0] !== undefined && names[1] !== undefined
    if (isPair) {
      pairs.push({ before: names[0], after: names[1], steps })
      const whole = { before: toObject(old), after: toObject(now), versions }
      for (const one of compareBeside(whole)) if ('kind' in one) found.push({ ...one, steps })
    }
    const [from, to] = isPair ? [withoutRef(old), withoutRef(now)] : expandBoth(old, now, versions)
    for (const one of schemaRules.flatMap((rule) => [...rule({ before: from, after: to, versions })])) {
      if ('kind' in one) found.push({ ...one, steps: [...steps, ...one.steps] })
      else compare(one.before, one.after, [...steps, ...one.steps])
    }
  }
  compare(before, after, [])
  return { found, pairs }
}

function expandBoth(old: JsonSchema, now: JsonSchema, { before, after }: Versions) {
  const from = normalise(expand(old, before), (schema) => expand(schema, before))
  const to = normalise(expand(now, after), (schema) => expand(schema, after))
  return align(from, to)
}
