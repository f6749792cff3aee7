import { WirepactError } from '@wirepact/protocol'
import type { SqliteDatabase } from './driver.js'
import type { SqliteSettings } from './options.js'

/** Marks a file as this engine's: "WPct" (sqlite.org/pragma.html#pragma_application_id). */
const applicationId = 0x57506374

/** How long a statement may hold up the event loop while another process has the lock. */
const busyTimeoutMs = 5

/** Each step leads from one version of the tables to the next; a step that was released is never changed. */
const migrations: readonly string[] = [
  `CREATE TABLE channels (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, epoch TEXT NOT NULL, last INTEGER NOT NULL,
    first INTEGER NOT NULL, firstAt REAL, bytes INTEGER NOT NULL, ttlMs REAL NOT NULL, touchedAt REAL NOT NULL
  );
  CREATE TABLE publications (
    id INTEGER PRIMARY KEY, channel INTEGER NOT NULL, offset INTEGER NOT NULL, name TEXT NOT NULL,
    bytes INTEGER NOT NULL, at REAL NOT NULL, except_ TEXT, data TEXT NOT NULL
  );
  CREATE UNIQUE INDEX publications_by_offset ON publications (channel, offset);
  CREATE TABLE members (
    id INTEGER PRIMARY KEY, channel TEXT NOT NULL, connection TEXT NOT NULL, node TEXT NOT NULL,
    data TEXT NOT NULL, UNIQUE (channel, connection)
  );
  CREATE INDEX members_by_node ON members (node);
  CREATE TABLE sessions (
    id TEXT PRIMARY KEY, sequence INTEGER NOT NULL, expiresAt REAL NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX sessions_by_expiry ON sessions (expiresAt);
  CREATE TABLE nodes (
    id TEXT PRIMARY KEY, host TEXT NOT NULL, pid INTEGER NOT NULL, started TEXT NOT NULL,
    beats INTEGER NOT NULL, cursor INTEGER NOT NULL
  );
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL, kind TEXT NOT NULL,
    offset INTEGER, name TEXT, data TEXT, at REAL, except_ TEXT
  );`,
  `ALTER TABLE channels ADD COLUMN latest INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX empty_channels ON channels (touchedAt) WHERE last = 0;
  CREATE TABLE newest (
    channel INTEGER NOT NULL, key TEXT NOT NULL, offset INTEGER NOT NULL, name TEXT NOT NULL,
    bytes INTEGER NOT NULL, at REAL NOT NULL, except_ TEXT, data TEXT NOT NULL, PRIMARY KEY (channel, key)
  );
  CREATE UNIQUE INDEX newest_by_offset ON newest (channel, offset);
  CREATE TABLE keys (
    id INTEGER PRIMARY KEY, channel TEXT NOT NULL, key TEXT NOT NULL, epoch TEXT NOT NULL,
    offset INTEGER NOT NULL, expiresAt REAL NOT NULL, UNIQUE (channel, key)
  );
  CREATE INDEX keys_by_expiry ON keys (expiresAt);
  ALTER TABLE members ADD COLUMN user TEXT;
  ALTER TABLE members ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX members_by_user ON members (channel, user) WHERE user IS NOT NULL;`,
]

/** Sets the connection up and brings the tables to this version. Refuses a file that is not this engine's. */
export function prepareFile(database: SqliteDatabase, settings: SqliteSettings): void {
  database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`)
  refuseForeign(database)
  database.exec('PRAGMA journal_mode = WAL')
  database.exec(`PRAGMA synchronous = ${settings.durability === 'power' ? 'FULL' : 'NORMAL'}`)
  if (pragma(database, 'user_version') < migrations.length) migrate(database)
}

function migrate(database: SqliteDatabase): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    for (const step of migrations.slice(pragma(database, 'user_version'))) database.exec(step)
    database.exec(`PRAGMA application_id = ${applicationId}`)
    database.exec(`PRAGMA user_version = ${migrations.length}`)
    database.exec('COMMIT')
  } catch (cause) {
    database.exec('ROLLBACK')
    throw cause
  }
}

function refuseForeign(database: SqliteDatabase): void {
  // In this order, because another process may be making the tables and the mark, both at once.
  const tables = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get() as { count: number }
  const id = pragma(database, 'application_id')
  if (id !== applicationId && (id !== 0 || tables.count > 0)) {
    throw new WirepactError('ENGINE_FAILED', 'it is the database of another application.')
  }
  if (pragma(database, 'user_version') > migrations.length) {
    throw new WirepactError('ENGINE_FAILED', 'it was written by a newer version of Wirepact.')
  }
}

function pragma(database: SqliteDatabase, name: 'application_id' | 'user_version'): number {
  const row = database.prepare(`PRAGMA ${name}`).get() as Readonly<Record<string, number>>
  return row[name] as number
}
