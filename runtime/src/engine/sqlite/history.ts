import type { Page, ReadQuery, Retention } from '../engine.js'
import { fromRow } from './event.js'
import type { ChannelRow, Statements } from './statements.js'

/** How many publications are looked at in one query while trimming. */
const sizesPerQuery = 256

/** How much more than its limits a channel may take up in the file, at most and beside a quarter. */
const maxSlackMessages = 256
const maxSlackBytes = 1_048_576

/** What a channel's history extends over. */
type Extent = Pick<ChannelRow, 'last' | 'first' | 'firstAt' | 'bytes'>

interface Limits extends Retention {
  readonly now: number
}

/**
 * What the history of a channel extends over once every limit holds. Asks the table only when a limit is passed,
 * and only for what goes.
 */
function findFront(statements: Statements, row: ChannelRow, limits: Limits): Extent {
  const front = countedFront(statements, row, limits.maxMessages)
  while (isPassed(front, limits)) {
    const sizes = statements.sizes.all(row.id, front.first, sizesPerQuery)
    if (sizes.length === 0) throw missing()
    for (const size of sizes) {
      front.firstAt = size.at
      if (!isPassed(front, limits)) return front
      front.first += 1
      front.bytes -= size.bytes
    }
    front.firstAt = timeOf(statements, row, front.first)
  }
  return front
}

/** The same as far as the number of publications goes: what is over it needs no look at each. */
function countedFront(statements: Statements, row: ChannelRow, maxMessages: number): Extent {
  const { id, last, first, firstAt, bytes } = row
  const end = last - maxMessages + 1
  if (firstAt === null || end <= first) return { last, first, firstAt, bytes }
  const gone = statements.sizeUpTo.get(id, first, end)
  if (gone?.count !== end - first) throw missing()
  return { last, first: end, firstAt: timeOf(statements, row, end), bytes: bytes - gone.bytes }
}

/** When a publication was made; null when there is none. */
function timeOf(statements: Statements, { id }: ChannelRow, offset: number): number | null {
  return statements.sizes.all(id, offset, 1)[0]?.at ?? null
}

function isPassed({ last, first, firstAt, bytes }: Extent, limits: Limits): boolean {
  if (firstAt === null) return false
  if (last - first + 1 > limits.maxMessages || bytes > limits.maxBytes) return true
  return limits.now - firstAt >= limits.ttlMs
}

/**
 * Drops what is over a limit, once it is well over: what is over by less is not read any more either, and
 * dropping many at once costs much less than dropping each by itself. The caller writes the row back.
 */
export function trim(statements: Statements, row: ChannelRow, limits: Limits): void {
  if (!isPassed(row, withSlack(limits))) return
  const front = findFront(statements, row, limits)
  statements.trim.run(row.id, front.first)
  Object.assign(row, front)
}

function withSlack(limits: Limits): Limits {
  const { maxMessages, maxBytes, ttlMs, now } = limits
  return {
    maxMessages: maxMessages + Math.floor(Math.min(maxMessages / 4, maxSlackMessages)),
    maxBytes: maxBytes + Math.min(maxBytes / 4, maxSlackBytes),
    ttlMs: ttlMs * 1.25,
    now,
  }
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
