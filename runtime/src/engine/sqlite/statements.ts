import type { PresenceCount, PresentUser } from '../engine.js'
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
  /** 1 when the newest of each key is kept, in `newest`; 0 when all is, in `publications`. */
  latest: number
}

/** What the newest of each key extend over. */
export interface NewestRow {
  readonly first: number | null
  readonly count: number
  readonly bytes: number
}

export interface KeyRow {
  readonly epoch: string
  readonly offset: number
}

export interface MemberRow {
  readonly connection: string
  readonly data: string
  readonly user: string | null
  readonly order: number
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
  readonly kind: 'publication' | 'join' | 'update' | 'leave' | 'cleared' | 'all-cleared'
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
const newestPage = 'SELECT offset, name, data, at, except_ FROM newest WHERE channel = ?1 AND offset'
const unused = 'NOT EXISTS (SELECT 1 FROM members WHERE members.channel = channels.name)'

/** How many publications go into one statement, where there are so many. */
export const rowsPerInsert = 10

const insertPublications = (count: number) =>
  `INSERT INTO publications (channel, offset, name, bytes, at, except_, data)
   VALUES ${Array(count).fill('(?, ?, ?, ?, ?, ?, ?)').join()}`

/** Prepares a statement whose rows look like `Row`. */
type Prepare = <Row = never>(sql: string) => SqliteStatement<Row>

/** Every statement of the engine, prepared once. */
export type Statements = ReturnType<typeof prepareStatements>

export function prepareStatements(database: SqliteDatabase) {
  const prepare: Prepare = <Row>(sql: string) => database.prepare(sql) as SqliteStatement<Row>
  return {
    ...prepareTransactions(prepare),
    ...prepareChannels(prepare),
    ...preparePublications(prepare),
    ...prepareNewest(prepare),
    ...prepareKeys(prepare),
    ...prepareMembers(prepare),
    ...prepareSessions(prepare),
    ...prepareNodes(prepare),
    ...prepareEvents(prepare),
  }
}

function prepareTransactions(prepare: Prepare) {
  return {
    begin: prepare('BEGIN IMMEDIATE'),
    beginRead: prepare('BEGIN'),
    commit: prepare('COMMIT'),
    rollback: prepare('ROLLBACK'),
    dataVersion: prepare<{ data_version: number }>('PRAGMA data_version'),
  }
}

function prepareChannels(prepare: Prepare) {
  return {
    channel: prepare<ChannelRow>('SELECT * FROM channels WHERE name = ?'),
    addChannel: prepare<ChannelRow>(
      `INSERT INTO channels (name, epoch, last, first, firstAt, bytes, ttlMs, touchedAt)
       VALUES (?, ?, 0, 1, NULL, 0, 9e999, ?) RETURNING *`,
    ),
    updateChannel: prepare(
      `UPDATE channels SET epoch = ?, last = ?, first = ?, firstAt = ?, bytes = ?, ttlMs = ?, touchedAt = ?,
         latest = ? WHERE id = ?`,
    ),
    clearChannels: prepare(
      `UPDATE channels SET epoch = ? || '.' || id, last = 0, first = 1, firstAt = NULL, bytes = 0`,
    ),
    clearPublications: prepare('DELETE FROM publications'),
    clearNewest: prepare('DELETE FROM newest'),
    keepEmpty: prepare(
      'UPDATE channels SET touchedAt = ? WHERE last = 0 AND name IN (SELECT value FROM json_each(?))',
    ),
    forgetEmpty: prepare<{ name: string }>(
      `DELETE FROM channels WHERE id IN (SELECT id FROM channels WHERE last = 0 AND touchedAt < ? AND ${unused} LIMIT ?)
       RETURNING name`,
    ),
    keepChannel: prepare('UPDATE channels SET touchedAt = ? WHERE name = ?'),
    nextChannels: prepare<ChannelRow>('SELECT * FROM channels WHERE id > ? ORDER BY id LIMIT ?'),
    forgetChannel: prepare(
      `DELETE FROM channels WHERE id = ? AND first > last AND touchedAt < ? AND ${unused}`,
    ),
  }
}

function preparePublications(prepare: Prepare) {
  return {
    addPublication: prepare(insertPublications(1)),
    addPublications: prepare(insertPublications(rowsPerInsert)),
    pageAfter: prepare<PublicationRow>(`${page} >= ? ORDER BY offset LIMIT ?`),
    sizes: prepare<Size>(
      'SELECT bytes, at FROM publications WHERE channel = ? AND offset >= ? ORDER BY offset LIMIT ?',
    ),
    sizeUpTo: prepare<{ readonly count: number; readonly bytes: number }>(
      `SELECT count(*) AS count, coalesce(sum(bytes), 0) AS bytes FROM publications
       WHERE channel = ? AND offset >= ? AND offset < ?`,
    ),
    trim: prepare('DELETE FROM publications WHERE channel = ? AND offset < ?'),
  }
}

function prepareNewest(prepare: Prepare) {
  return {
    addNewest: prepare(
      `INSERT INTO newest (channel, key, offset, name, bytes, at, except_, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (channel, key) DO UPDATE SET offset = excluded.offset, name = excluded.name,
         bytes = excluded.bytes, at = excluded.at, except_ = excluded.except_, data = excluded.data`,
    ),
    newest: prepare<NewestRow>(
      'SELECT min(offset) AS first, count(*) AS count, total(bytes) AS bytes FROM newest WHERE channel = ?',
    ),
    newestSizes: prepare<Size & { offset: number }>(
      'SELECT offset, bytes, at FROM newest WHERE channel = ? AND offset >= ? ORDER BY offset LIMIT ?',
    ),
    newestAfter: prepare<PublicationRow>(`${newestPage} >= ?2 AND offset > ?3 ORDER BY offset LIMIT ?4`),
    newestBefore: prepare<PublicationRow>(
      `${newestPage} >= ?2 AND offset < ?3 ORDER BY offset DESC LIMIT ?4`,
    ),
    trimNewest: prepare('DELETE FROM newest WHERE channel = ? AND offset < ?'),
  }
}

function prepareKeys(prepare: Prepare) {
  return {
    key: prepare<KeyRow>('SELECT epoch, offset FROM keys WHERE channel = ? AND key = ? AND expiresAt > ?'),
    putKey: prepare(
      'INSERT OR REPLACE INTO keys (channel, key, epoch, offset, expiresAt) VALUES (?, ?, ?, ?, ?)',
    ),
    boundKeys: prepare(
      `DELETE FROM keys WHERE channel = ?1 AND id <=
         (SELECT id FROM keys WHERE channel = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)`,
    ),
    expireKeys: prepare('DELETE FROM keys WHERE id IN (SELECT id FROM keys WHERE expiresAt <= ? LIMIT ?)'),
  }
}

function prepareMembers(prepare: Prepare) {
  return {
    member: prepare<{ user: string | null; data: string }>(
      'SELECT user, data FROM members WHERE channel = ? AND connection = ?',
    ),
    seizeMember: prepare('UPDATE members SET node = ? WHERE channel = ? AND connection = ?'),
    putMember: prepare(
      `INSERT INTO members (channel, connection, node, data, user, revision)
       VALUES (?, ?, ?, ?, ?, (SELECT ifnull(max(revision), 0) + 1 FROM members WHERE channel = ?1 AND user = ?5))
       ON CONFLICT (channel, connection) DO UPDATE SET node = excluded.node, data = excluded.data,
         user = excluded.user, revision = excluded.revision`,
    ),
    removeMember: prepare<{ user: string | null }>(
      'DELETE FROM members WHERE channel = ? AND connection = ? AND node = ? RETURNING user',
    ),
    members: prepare<MemberRow>(
      `SELECT connection, data, user, id AS "order" FROM members WHERE channel = ? AND id > ? ORDER BY id LIMIT ?`,
    ),
    user: prepare<{ connections: number; data: string | null }>(
      `SELECT count(*) AS connections,
         (SELECT data FROM members WHERE channel = ?1 AND user = ?2 ORDER BY revision DESC LIMIT 1) AS data
       FROM members WHERE channel = ?1 AND user = ?2`,
    ),
    users: prepare<PresentUser>(
      `SELECT user, (SELECT data FROM members AS one WHERE one.channel = ?1 AND one.user = members.user
           ORDER BY revision DESC LIMIT 1) AS data,
         count(*) AS connections, min(id) AS "order"
       FROM members WHERE channel = ?1 AND user IS NOT NULL
       GROUP BY user HAVING min(id) > ?2 ORDER BY min(id) LIMIT ?3`,
    ),
    memberCount: prepare<PresenceCount>(
      'SELECT count(*) AS connections, count(DISTINCT user) AS users FROM members WHERE channel = ?',
    ),
    membersOf: prepare<{ channel: string; connection: string }>(
      'SELECT channel, connection FROM members WHERE node = ? ORDER BY id',
    ),
  }
}

function prepareSessions(prepare: Prepare) {
  return {
    session: prepare<{ sequence: number }>('SELECT sequence FROM sessions WHERE id = ? AND expiresAt > ?'),
    advance: prepare(
      `INSERT INTO sessions (id, sequence, expiresAt) VALUES (?1, ?2, ?3)
       ON CONFLICT (id) DO UPDATE SET sequence = iif(expiresAt > ?4, max(sequence, ?2), ?2),
         expiresAt = max(expiresAt, ?3)`,
    ),
    expireSessions: prepare(
      'DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expiresAt <= ? LIMIT ?)',
    ),
  }
}

function prepareNodes(prepare: Prepare) {
  return {
    nodes: prepare<NodeRow>('SELECT id, host, pid, started, beats FROM nodes'),
    addNode: prepare('INSERT INTO nodes (id, host, pid, started, beats, cursor) VALUES (?, ?, ?, ?, 0, ?)'),
    beat: prepare('UPDATE nodes SET beats = beats + 1, cursor = ? WHERE id = ?'),
    removeNode: prepare('DELETE FROM nodes WHERE id = ?'),
  }
}

function prepareEvents(prepare: Prepare) {
  return {
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
