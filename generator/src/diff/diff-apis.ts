import type { ApiIr } from '../ir.js'
import type { Change, Difference } from './change.js'
import { kinds } from './kinds.js'
import { compareDocs } from './parts/compare-docs.js'
import { schemasOf } from './parts/compare-payload.js'
import { compareRoutes } from './parts/compare-routes.js'
import type { Report } from './parts/part-pair.js'
import { type SchemaDifference, SchemaUses } from './schemas/schema-uses.js'
import { changeClasses } from './verdict.js'

/**
 * Everything that is different between two versions of an API, each change judged by whether clients that were
 * made from `before` go on with a server that is made from `after`. Worst first, and then by place.
 */
export function diffApis(before: ApiIr, after: ApiIr): readonly Change[] {
  const collected = collect(before, after)
  const changes = collected.map((difference) => judge(difference))
  return onlyOnce(changes).sort(compareChanges)
}

function collect(before: ApiIr, after: ApiIr): readonly (Difference | SchemaDifference)[] {
  const differences: Difference[] = []
  const prefixes: [string, string][] = []
  const types: TypeChange[] = []
  const uses = new SchemaUses(before, after)
  const report: Report = {
    difference: (difference) => void differences.push(difference),
    schema: (use) => uses.add(use),
    type: (old, now) => void types.push([old, now]),
    renamed: (old, now) => void prefixes.push([old, now]),
  }
  compareApi(before, after, report)
  compareRoutes(before, after, { schemas: schemasOf(before, after), report })
  const renamed = renamedTypes([...types, ...uses.renamed()], { before, after, prefixes })
  return [...differences, ...renamed, ...uses.differences()]
}

function compareApi(before: ApiIr, after: ApiIr, report: Report): void {
  compareDocs({ before, after, path: [] }, report)
  for (const [key, kind] of [
    ['title', 'TITLE_CHANGED'],
    ['version', 'VERSION_CHANGED'],
  ] as const) {
    if (before[key] === after[key]) continue
    report.difference({ kind, path: [key], what: `The ${key} is ${after[key]} now, and was ${before[key]}.` })
  }
}

type TypeChange = readonly [before: string, after: string]

interface Names {
  readonly before: ApiIr
  readonly after: ApiIr
  /** The beginnings of type names that changed because a part is called otherwise. */
  readonly prefixes: readonly TypeChange[]
}

/** TYPE_RENAMED: a type that is not there any more, where the name of no part explains it. */
function renamedTypes(
  changes: readonly TypeChange[],
  { before, after, prefixes }: Names,
): readonly Difference[] {
  const had = new Set(before.schemas.map(({ name }) => name))
  const has = new Set(after.schemas.map(({ name }) => name))
  const follows = ([old, now]: TypeChange) =>
    prefixes.some(([from, to]) => old.startsWith(from) && now === to + old.slice(from.length))
  return changes
    .filter(([old, now]) => had.has(old) && !has.has(old) && !follows([old, now]))
    .map(([old, now]) => ({
      kind: 'TYPE_RENAMED' as const,
      path: ['types', now],
      what: `The type ${now} stands where ${old} stood.`,
    }))
}

function judge(difference: Difference | SchemaDifference): Change {
  const { kind, path, what, direction = 'toServer' } = difference
  const verdict = kinds[kind][direction]
  const where = 'where' in difference ? difference.where : path.join('.')
  const usedBy = 'usedBy' in difference ? difference.usedBy : undefined
  return { kind, ...verdict, where, what, path, ...(usedBy !== undefined && { usedBy }) }
}

/** The same part may be found to differ in both directions: then the worse one counts. */
function onlyOnce(changes: readonly Change[]): Change[] {
  const byIdentity = new Map<string, Change>()
  for (const change of changes) {
    const identity = JSON.stringify([change.kind, change.where, change.what])
    const known = byIdentity.get(identity)
    if (known === undefined || rank(change) < rank(known)) byIdentity.set(identity, change)
  }
  return [...byIdentity.values()]
}

function rank(change: Change): number {
  return changeClasses.indexOf(change.class)
}

function compareChanges(a: Change, b: Change): number {
  return (
    rank(a) - rank(b) ||
    compareText(a.where, b.where) ||
    compareText(a.kind, b.kind) ||
    compareText(a.what, b.what)
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
