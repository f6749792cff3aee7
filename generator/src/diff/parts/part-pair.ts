import type { Path } from '../../diagnose/diagnostic.js'
import type { Difference } from '../change.js'
import type { SchemaUse } from '../schemas/schema-uses.js'

/** The same part in the old and in the new version. */
export interface PartPair<Part> {
  readonly before: Part
  readonly after: Part
  /** Where the part is in the new version. */
  readonly path: Path
}

/** Takes what is found, and the schemas that are to be compared. */
export interface Report {
  difference(difference: Difference): void
  schema(use: SchemaUse): void
  /** A named type that stands in the place of another one, beside those of the schemas that are compared. */
  type(before: string, after: string): void
  /** Type names that begin with `before` begin with `after` now, because their part is called otherwise. */
  renamed(before: string, after: string): void
}

/** Parts with the same key on both sides, and those that only one side has. */
export interface Matched<Part> {
  readonly pairs: readonly (readonly [before: Part, after: Part])[]
  readonly added: readonly Part[]
  readonly removed: readonly Part[]
}

/** Matches parts by each key in turn; each finds what the ones before left. */
export function matchParts<Part>(
  before: readonly Part[],
  after: readonly Part[],
  keys: readonly ((part: Part, side: 'before' | 'after') => string)[],
): Matched<Part> {
  const pairs: [Part, Part][] = []
  const [removed, added] = [new Set(before), new Set(after)]
  for (const key of keys) {
    for (const old of [...removed]) {
      const now = [...added].find((part) => key(part, 'after') === key(old, 'before'))
      if (now === undefined) continue
      pairs.push([old, now])
      removed.delete(old)
      added.delete(now)
    }
  }
  return { pairs, added: [...added], removed: [...removed] }
}

/** A template with its parameters' names left out: what it matches. */
export function shapeOf(template: string): string {
  return template.replace(/\{[^}]*?(\*?)\}/g, '{$1}')
}

/** The names of a template's parameters, in order. */
export function namesIn(template: string): readonly string[] {
  return [...template.matchAll(/\{([^}]*?)\*?\}/g)].map((match) => match[1] ?? '')
}
