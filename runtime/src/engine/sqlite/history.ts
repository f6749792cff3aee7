import type { Page, ReadQuery, Retention } from '../engine.js'
import { fromRow } from './event.js'
import type { ChannelRow, Statements } from './statements.js'

/** How many publications are looked at in one query while trimming. */
const sizesPerQuery = 256

/** Where a channel's history begins. */
interface Front {
  readonly first: number
  readonly firstAt: number | null
  readonly bytes: number
}

interface Limits extends Retention {
  readonly now: number
}

/**
 * Where the history of a channel begins once every limit holds. Asks the table only when a limit is passed,
 * and only for what goes.
 */
export function findFront(statements: Statements, row: ChannelRow, limits: Limits): Front {
  let { first, firstAt, bytes } = row
  const isOver = (at: number | null) =>
    at !== null &&
    (row.last - first + 1 > limits.maxMessages || bytes > limits.maxBytes || limits.now - at >= limits.ttlMs)
  while (isOver(firstAt)) {
    const sizes = statements.sizes.all(row.id, first, sizesPerQuery)
    if (sizes.length === 0) throw missing()
    firstAt = null
    for (const size of sizes) {
      firstAt = size.at
      if (!isOver(firstAt)) return { first, firstAt, bytes }
      first += 1
      bytes -= size.bytes
    }
    if (first > row.last) return { first, firstAt: null, bytes: 0 }
  }
  return { first, firstAt, bytes }
}

/** Drops what is over a limit. The caller writes the row back. */
export function trim(statements: Statements, row: ChannelRow, limits: Limits): void {
  const front = findFront(statements, row, limits)
  if (front.first > row.first) statements.trim.run(row.id, front.first)
  Object.assign(row, front)
}

/** The page that was asked for, with nothing that is over a limit. */
export function readPage(statements: Statements, row: ChannelRow, query: ReadQuery & Limits): Page {
  const { first } = findFront(statements, row, query)
  const end = 'before' in query ? Math.min(query.before, row.last + 1) : row.last + 1
  const from = 'after' in query ? Math.max(query.after + 1, first) : Math.max(end - query.limit, first)
  const count = Math.max(0, Math.min(query.limit, end - from))
  const rows = count === 0 ? [] : statements.pageAfter.all(row.id, from, count)
  if (rows.length !== count) throw missing()
  return { epoch: row.epoch, offset: row.last, first, publications: rows.map(fromRow) }
}

function missing(): Error {
  return new Error('A publication that should be kept is not in the file.')
}
