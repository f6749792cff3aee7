import type { Engine } from '../engine.js'
import { defaults, type SqliteEngineOptions } from './options.js'
import { SqliteEngine } from './sqlite-engine.js'

export type { SqliteDatabase, SqliteDriver, SqliteStatement, SqliteValue } from './driver.js'
export type { SqliteEngineOptions } from './options.js'

/**
 * Keeps publications, presence and sessions in a SQLite file, which is made when there is none. It survives a
 * restart and a killed process, and several processes of one machine may share a file.
 *
 * What is written in one turn of the event loop is committed at its end, in one transaction. A process that
 * died takes its members with it: at once where the system can tell (the next beat, 2 s), after
 * `nodeTtlMs` otherwise. Opening fails with `UNSUPPORTED_PLATFORM` where there is no SQLite, and with
 * `ENGINE_FAILED` where the file cannot be used; both say why. The file must not be on a network file system. While it is
 * removed or replaced every write fails with `ENGINE_FAILED`, from a quarter of a second afterwards on.
 *
 * @param file The path; its folder must exist.
 */
export function sqliteEngine(file: string, options: SqliteEngineOptions = {}): Engine {
  return new SqliteEngine(file, { ...defaults, ...options })
}
