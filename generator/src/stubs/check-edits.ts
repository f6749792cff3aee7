import type { RouteIr } from '../ir.js'
import type { HandlerSet } from './handler-set.js'
import { HandlerSources } from './handler-sources.js'
import { NameResolver } from './resolve-name.js'
import { syncSet } from './sync-set.js'
import type { TextEdit } from './text-edit.js'

/** A route's handlers, as they were found. */
export interface FoundSet {
  readonly set: HandlerSet
  readonly route: RouteIr
}

/**
 * Whether a file with its edits is what was meant: it can be read, and no handler is missing in it any more. What
 * is wrong is not written, whatever a file may look like that nobody has thought of.
 */
export function isAsMeant(after: string, sets: readonly FoundSet[], edits: readonly TextEdit[]): boolean {
  const file = sets[0]?.set.node.getSourceFile().getFilePath()
  if (file === undefined) return false
  const sources = new HandlerSources()
  const source = sources.parse(file, after)
  if (source === undefined || sources.mistake(source) !== undefined) return false
  const resolver = new NameResolver(sources)
  return sets.every(({ set, route }) => {
    const start = moved(set.node.getStart(), edits)
    const node = source
      .getDescendants()
      .find((one) => one.getStart() === start && one.getKind() === set.node.getKind())
    if (node === undefined) return false
    return syncSet({ ...set, node } as HandlerSet, route, resolver).added.length === 0
  })
}

/** Where a place is after the edits before it. */
function moved(position: number, edits: readonly TextEdit[]): number {
  const before = edits.filter((edit) => edit.end <= position)
  return before.reduce((sum, { start, end, text }) => sum + text.length - (end - start), position)
}
