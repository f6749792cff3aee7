import type { Finding } from '../diagnose/diagnostic.js'
import type { JsonSchema } from '../ir.js'
import type { Source } from '../model/model.js'
import { isRecord } from '../model/part-kind.js'
import type { Definitions } from './parameters.js'
import { children } from './walk-schemas.js'

const defaults = {
  /** How many schemas may stand within each other: far more than people write, and few enough for every compiler. */
  maxNesting: 100,
}

/** TOO_DEEP: a schema that is nested deeper than anything could follow. Looks at each schema inside once. */
export function refuseTooDeep({ schema, path }: Source): Finding | undefined {
  const message = `The schema is nested deeper than ${defaults.maxNesting} levels.`
  return isTooDeep(schema) ? { code: 'TOO_DEEP', message, path } : undefined
}

function isTooDeep(schema: unknown): boolean {
  const seen = new Set<unknown>()
  let level: readonly unknown[] = [schema]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > defaults.maxNesting) return true
    const fresh = level.filter(isRecord).filter((one) => !seen.has(one))
    for (const one of fresh) seen.add(one)
    level = fresh.flatMap((one) => children(one).map((child) => child.schema))
  }
  return false
}

/** Keywords whose schemas are applied to the value itself, and not to a part of it. */
const inPlace = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas'])

/** A schema without an end: one of a circle. */
interface Endless extends Finding {
  readonly name: string
}

/** ENDLESS_SCHEMA: schemas that apply themselves to the same value, whose check would never come to an end. */
export function findEndless(definitions: Definitions): readonly Endless[] {
  const done = new Set<string>()
  const search = (name: string, trail: readonly string[]): readonly Endless[] => {
    if (trail.includes(name)) return [endless(trail.slice(trail.indexOf(name)), definitions)]
    if (done.has(name)) return []
    done.add(name)
    const applied = appliedNames(definitions.get(name)?.schema ?? true)
    return applied.flatMap((next) => search(next, [...trail, name]))
  }
  return [...definitions.keys()].flatMap((name) => search(name, []))
}

/** The definitions with those that have no end allowing anything, so that everything else can be looked into. */
export function cutEndless(definitions: Definitions, found: readonly Endless[]): Definitions {
  const cut = new Map(definitions)
  for (let endless = found; endless.length > 0; endless = findEndless(cut)) {
    for (const { name } of endless) {
      const definition = cut.get(name)
      if (definition !== undefined) cut.set(name, { ...definition, schema: true })
    }
  }
  return cut
}

function endless(circle: readonly string[], definitions: Definitions): Endless {
  const [first = ''] = circle
  const message = `${[...circle, first].join(' → ')}: the schema refers to itself without an end.`
  return { code: 'ENDLESS_SCHEMA', message, path: definitions.get(first)?.path ?? [], name: first }
}

function appliedNames(schema: JsonSchema): readonly string[] {
  if (!isRecord(schema)) return []
  const own = typeof schema.$ref === 'string' ? [schema.$ref.replace('#/$defs/', '')] : []
  const inner = children(schema).filter(({ steps: [keyword = ''] }) => inPlace.has(keyword))
  return [...own, ...inner.flatMap((child) => appliedNames(child.schema as JsonSchema))]
}
