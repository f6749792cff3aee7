import type { SqliteDatabase, SqliteDriver, SqliteStatement } from '@wirepact/runtime/sqlite'

/**
 * The driver that the engine uses as well: two copies of SQLite in one process do not see each other's locks
 * (sqlite.org/howtocorrupt.html, section 2.2.1).
 */
export const driver: SqliteDriver = await importFirst(['node:sqlite', '@photostructure/sqlite'])

async function importFirst([name, ...others]: readonly string[]): Promise<SqliteDriver> {
  try {
    return (await import(name as string)) as SqliteDriver
  } catch (error) {
    if (others.length === 0) throw error
    return importFirst(others)
  }
}

/** A driver that remembers the connections and the commits of an engine, so that a test can get at them. */
export function rememberingDriver() {
  const connections: SqliteDatabase[] = []
  const commits: 'commit'[] = []
  class DatabaseSync extends driver.DatabaseSync {
    constructor(file: string) {
      super(file)
      connections.push(this)
    }

    override prepare(sql: string): SqliteStatement<unknown> {
      const statement = super.prepare(sql)
      if (sql !== 'COMMIT') return statement
      const run = () => {
        commits.push('commit')
        return statement.run()
      }
      return { run, get: () => undefined, all: () => [] }
    }
  }
  return { connections, commits, loadDriver: async () => ({ DatabaseSync }) }
}

/** Runs statements on the file from outside. */
export function runSql(file: string, sql: string): void {
  const database = new driver.DatabaseSync(file)
  try {
    database.exec(`PRAGMA busy_timeout = 2000; ${sql}`)
  } finally {
    database.close()
  }
}
