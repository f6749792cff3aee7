import { type EngineEvent, fromEventRow } from './event.js'
import type { Statements } from './statements.js'

/** How many events are read in one query. */
const eventsPerQuery = 1_000

/** What this node knows of the others, as of one moment. */
export interface FeedState {
  /** Changes when another connection has committed (sqlite.org/pragma.html#pragma_data_version). */
  readonly version: number
  /** The newest event that was read. */
  readonly cursor: number
  readonly hasOthers: boolean
}

/** What came of looking. */
export interface FeedNews {
  readonly state: FeedState
  /** What the other nodes did, in order. */
  readonly events: readonly EngineEvent[]
  /** Whether this node is registered; if not, others took it for dead. */
  readonly isRegistered: boolean
  /** Whether events may have been missed. */
  readonly isBroken: boolean
}

export const unread: FeedState = { version: -1, cursor: 0, hasOthers: false }

/** Looks for what other nodes did since `state`. Must run inside a transaction. */
export function readFeed(statements: Statements, node: string, state: FeedState): FeedNews {
  const version = (statements.dataVersion.get() as { data_version: number }).data_version
  if (version === state.version) return { state, events: [], isRegistered: true, isBroken: false }
  const nodes = statements.nodes.all()
  const isRegistered = nodes.some((row) => row.id === node)
  const hasOthers = nodes.some((row) => row.id !== node)
  const cursor = statements.lastEvent.get()?.seq ?? 0
  const isBroken = !isRegistered || hasHole(statements, state.cursor, cursor)
  const events = isBroken ? [] : readEvents(statements, state.cursor)
  return { state: { version, cursor, hasOthers }, events, isRegistered, isBroken }
}

/** Whether events between `cursor` and `last` were dropped unread. */
function hasHole(statements: Statements, cursor: number, last: number): boolean {
  if (last <= cursor) return false
  const oldest = statements.oldestEvent.get()?.seq ?? null
  return oldest === null || oldest > cursor + 1
}

/** The cursor is always beyond what this node wrote itself, so all of them are from others. */
function readEvents(statements: Statements, after: number): EngineEvent[] {
  const events: EngineEvent[] = []
  for (let cursor = after; ; ) {
    const rows = statements.events.all(cursor, eventsPerQuery)
    for (const row of rows) events.push(fromEventRow(row))
    const last = rows.at(-1)
    if (last === undefined || rows.length < eventsPerQuery) return events
    cursor = last.seq
  }
}
