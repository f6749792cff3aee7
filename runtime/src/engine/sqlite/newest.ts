import type { Draft, Page, Publication, ReadQuery, Retention } from '../engine.js'
import { fromRow, toExceptColumn } from './event.js'
import type { ChannelRow, Statements } from './statements.js'

/** How many publications are looked at in one query while trimming. */
const sizesPerQuery = 256

interface Limits extends Retention {
  readonly now: number
}

/** Writes the newest publication of its key, in the place of the one before. */
export function addNewest(
  statements: Statements,
  row: ChannelRow,
  { draft, bytes }: { readonly draft: Draft; readonly bytes: number },
): void {
  const { key = '', name, at, data } = draft
  statements.addNewest.run(row.id, key, row.last, name, bytes, at, toExceptColumn(draft), data)
}

/** Drops what is over a limit. The caller writes the row back, which says what is left. */
export function trimNewest(statements: Statements, row: ChannelRow, limits: Limits): void {
  const front = findFront(statements, row, limits)
  if (front.first > row.first) statements.trimNewest.run(row.id, front.first)
  const [oldest] = statements.newestSizes.all(row.id, front.first, 1)
  const { bytes } = statements.newest.get(row.id) ?? { bytes: 0 }
  Object.assign(row, { first: oldest?.offset ?? row.last + 1, firstAt: oldest?.at ?? null, bytes })
}

/** The page that was asked for, with nothing that is over a limit. */
export function readNewest(statements: Statements, row: ChannelRow, query: ReadQuery & Limits): Page {
  const { first } = findFront(statements, row, query)
  const limit = Math.max(0, Math.min(query.limit, Number.MAX_SAFE_INTEGER))
  const rows =
    'after' in query
      ? statements.newestAfter.all(row.id, first, query.after, limit)
      : statements.newestBefore.all(row.id, first, query.before, limit).reverse()
  const publications: Publication[] = rows.map(fromRow)
  return { epoch: row.epoch, offset: row.last, first, publications }
}

/** The oldest offset that every limit lets be. */
function findFront(statements: Statements, row: ChannelRow, limits: Limits): { readonly first: number } {
  const found = statements.newest.get(row.id)
  let [count, bytes] = [found?.count ?? 0, found?.bytes ?? 0]
  for (let first = found?.first ?? row.last + 1; ; ) {
    const sizes = statements.newestSizes.all(row.id, first, sizesPerQuery)
    if (sizes.length === 0) return { first: row.last + 1 }
    for (const size of sizes) {
      const isOld = limits.now - size.at >= limits.ttlMs
      if (!isOld && count <= limits.maxMessages && bytes <= limits.maxBytes) return { first: size.offset }
      count -= 1
      bytes -= size.bytes
      first = size.offset + 1
    }
  }
}
