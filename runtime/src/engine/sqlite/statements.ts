import type { SqliteDatabase, SqliteStatement } from './driver.js'

/** A row of `channels`. `last` is the newest offset, `first` the oldest that is kept, from when `firstAt` is. */
export interface ChannelRow {
  readonly id: number
  readonly name: string
  epoch: string
  last: number
  first: number
  firstAt: number | null
  bytes: number
  ttlMs: number
  touchedAt: number
}

export interface PublicationRow {
  readonly offset: number
  readonly name: string
  readonly data: string
  readonly at: number
  readonly except_: string | null
}

/** A row of `events`; the columns of a publication are null for every other kind. */
export interface EventRow {
  readonly seq: number
  readonly channel: string
  readonly kind: 'publication' | 'join' | 'update' | 'leave' | 'cleared'
  readonly offset: number | null
  readonly name: string | null
  readonly data: string | null
  readonly at: number | null
  readonly except_: string | null
}

export interface NodeRow {
  readonly id: string
  readonly host: string
  readonly pid: number
  readonly started: string
  readonly beats: number
}

interface Size {
  readonly bytes: number
  readonly at: number
}

const page = 'SELECT offset, name, data, at, except_ FROM publications WHERE channel = ? AND offset'
const unused = 'NOT EXISTS (SELECT 1 FROM members WHERE members.channel = channels.name)'

/** How many publications go into one statement, where there are so many. */
export const rowsPerInsert = 10

const insertPublications = (count: number) =>
  `INSERT INTO publications (channel, offset, name, bytes, at, except_, data)
   VALUES ${Array(count).fill('(?, ?, ?, ?, ?, ?, ?)').join()}`

/** Every statement of the engine, prepared once. */
export type Statements = ReturnType<typeof prepareStatements>

export function prepareStatements(database: SqliteDatabase) {
  const prepare = <Row = never>(sql: string) => database.prepare(sql) as SqliteStatement<Row>
  return {
    begin: prepare('BEGIN IMMEDIATE'),
    beginRead: prepare('BEGIN'),
    commit: prepare('COMMIT'),
    rollback: prepare('ROLLBACK'),
    dataVersion: prepare<{ data_version: number }>('PRAGMA data_version'),

    channel: prepare<ChannelRow>('SELECT * FROM channels WHERE name = ?'),
    addChannel: prepare<ChannelRow>(
      `INSERT INTO channels (name, epoch, last, first, firstAt, bytes, ttlMs, touchedAt)
       VALUES (?, ?, 0, 1, NULL, 0, 9e999, ?) RETURNING *`,
    ),
    updateChannel: prepare(
      `UPDATE channels SET epoch = ?, last = ?, first = ?, firstAt = ?, bytes = ?, ttlMs = ?, touchedAt = ?
       WHERE id = ?`,
    ),
    keepChannel: prepare('UPDATE channels SET touchedAt = ? WHERE name = ?'),
    nextChannels: prepare<ChannelRow>('SELECT * FROM channels WHERE id > ? ORDER BY id LIMIT ?'),
    forgetChannel: prepare(
      `DELETE FROM channels WHERE id = ? AND first > last AND touchedAt < ? AND ${unused}`,
    ),

    addPublication: prepare(insertPublications(1)),
    addPublications: prepare(insertPublications(rowsPerInsert)),
    pageAfter: prepare<PublicationRow>(`${page} >= ? ORDER BY offset LIMIT ?`),
    sizes: prepare<Size>(
      'SELECT bytes, at FROM publications WHERE channel = ? AND offset >= ? ORDER BY offset LIMIT ?',
    ),
    trim: prepare('DELETE FROM publications WHERE channel = ? AND offset < ?'),

    hasMember: prepare<{ one: 1 }>('SELECT 1 AS one FROM members WHERE channel = ? AND connection = ?'),
    putMember: prepare(
      `INSERT INTO members (channel, connection, node, data) VALUES (?, ?, ?, ?)
       ON CONFLICT (channel, connection) DO UPDATE SET node = excluded.node, data = excluded.data`,
    ),
    removeMember: prepare('DELETE FROM members WHERE channel = ? AND connection = ?'),
    members: prepare<{ connection: string; data: string }>(
      'SELECT connection, data FROM members WHERE channel = ? ORDER BY id',
    ),
    membersOf: prepare<{ channel: string; connection: string }>(
      'SELECT channel, connection FROM members WHERE node = ? ORDER BY id',
    ),
    removeMembersOf: prepare('DELETE FROM members WHERE node = ?'),

    session: prepare<{ sequence: number }>('SELECT sequence FROM sessions WHERE id = ? AND expiresAt > ?'),
    advance: prepare(
      `INSERT INTO sessions (id, sequence, expiresAt) VALUES (?1, ?2, ?3)
       ON CONFLICT (id) DO UPDATE SET sequence = iif(expiresAt > ?4, max(sequence, ?2), ?2),
         expiresAt = max(expiresAt, ?3)`,
    ),
    expireSessions: prepare(
      'DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expiresAt <= ? LIMIT ?)',
    ),

    nodes: prepare<NodeRow>('SELECT id, host, pid, started, beats FROM nodes'),
    addNode: prepare('INSERT INTO nodes (id, host, pid, started, beats, cursor) VALUES (?, ?, ?, ?, 0, ?)'),
    beat: prepare('UPDATE nodes SET beats = beats + 1, cursor = ? WHERE id = ?'),
    removeNode: prepare('DELETE FROM nodes WHERE id = ?'),

    addEvent: prepare(
      `INSERT INTO events (channel, kind, offset, name, data, at, except_)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    events: prepare<EventRow>('SELECT * FROM events WHERE seq > ? ORDER BY seq LIMIT ?'),
    oldestEvent: prepare<{ seq: number | null }>('SELECT min(seq) AS seq FROM events'),
    lastEvent: prepare<{ seq: number }>(`SELECT seq FROM sqlite_sequence WHERE name = 'events'`),
    dropEvents: prepare('DELETE FROM events WHERE seq <= max((SELECT min(cursor) FROM nodes), ?)'),
  }
}
