import { WirepactError } from '@wirepact/protocol'

/** What can be bound to a statement. */
export type SqliteValue = string | number | null

/** A prepared statement whose rows look like `Row`. */
export interface SqliteStatement<Row> {
  run(...values: SqliteValue[]): {
    readonly changes: number | bigint
    readonly lastInsertRowid: number | bigint
  }
  get(...values: SqliteValue[]): Row | undefined
  all(...values: SqliteValue[]): Row[]
}

/** As much of a `DatabaseSync` as the engine uses. */
export interface SqliteDatabase {
  exec(sql: string): void
  prepare(sql: string): SqliteStatement<unknown>
  close(): void
}

/** A module with the API of `node:sqlite`. */
export interface SqliteDriver {
  readonly DatabaseSync: new (file: string) => SqliteDatabase
}

/** In the order in which they are tried. Names in a list keep bundlers from resolving them. */
const modules = ['node:sqlite', '@photostructure/sqlite']

/**
 * `node:sqlite` (Node 22.13 and newer), or `@photostructure/sqlite` where that is installed. Throws
 * `UNSUPPORTED_PLATFORM` when there is neither.
 */
export async function loadDriver(names: readonly string[] = modules): Promise<SqliteDriver> {
  let cause: unknown
  for (const name of names) {
    try {
      return (await import(name)) as SqliteDriver
    } catch (error) {
      cause = error
    }
  }
  const message =
    'There is no SQLite here: run "npm install @photostructure/sqlite", or use Node 22.13 or newer, which has its own.'
  throw new WirepactError('UNSUPPORTED_PLATFORM', message, { cause })
}
