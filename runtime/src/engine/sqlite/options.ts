import type { Clock } from '@wirepact/protocol'
import { createEpoch } from '../epoch.js'
import { loadDriver, type SqliteDriver } from './driver.js'

export interface SqliteEngineOptions {
  /**
   * What an acknowledged publication survives. `process`: a killed process, but a power cut may lose the last
   * moments, whole publications from the end, never a part. `power`: a power cut too; each turn then waits
   * for the disk. Default `process`.
   */
  readonly durability?: 'process' | 'power'
  /** How long a write waits for another process to let go of the file before it fails. Default 5,000. */
  readonly lockTimeoutMs?: number
  /** How often to look for what other processes wrote, while attached to a channel. Default 25. */
  readonly pollIntervalMs?: number
  /** How often to say that this node lives, and to look after the others. Default 2,000. */
  readonly heartbeatIntervalMs?: number
  /** How long a node may be silent when there is no other way to see whether it lives. Default 10,000. */
  readonly nodeTtlMs?: number
  /** How long a channel must have been idle before its epoch may be forgotten. Default one day. */
  readonly forgetAfterMs?: number
  /** The same for a channel that nothing was published in. Default five minutes. */
  readonly forgetEmptyAfterMs?: number
  /** How many writes may wait for the end of the turn or for a lock; another one fails. Default 100,000. */
  readonly maxPending?: number
  /** How many events are kept for a process that does not read them; it is then interrupted. Default 100,000. */
  readonly maxBacklog?: number
  /** Where time comes from. Default: the system's. */
  readonly clock?: Clock
  /** Calls `run` at the end of this turn of the event loop. Default `setImmediate`. */
  readonly afterTurn?: (run: () => void) => void
  /** Makes the name of a new epoch; never the same twice. Default: 96 random bits. */
  readonly createEpoch?: () => string
  /** Loads SQLite. Default: `node:sqlite`, else `@photostructure/sqlite`. */
  readonly loadDriver?: () => Promise<SqliteDriver>
}

export type SqliteSettings = Required<SqliteEngineOptions>

const systemClock: Clock = {
  now: () => Date.now(),
  startTimer: (run, delayMs) => setTimeout(run, delayMs),
  stopTimer: (timer) => clearTimeout(timer as NodeJS.Timeout),
}

export const defaults: SqliteSettings = {
  durability: 'process',
  lockTimeoutMs: 5_000,
  pollIntervalMs: 25,
  heartbeatIntervalMs: 2_000,
  nodeTtlMs: 10_000,
  forgetAfterMs: 86_400_000,
  forgetEmptyAfterMs: 300_000,
  maxPending: 100_000,
  maxBacklog: 100_000,
  clock: systemClock,
  afterTurn: (run) => setImmediate(run),
  createEpoch,
  loadDriver: () => loadDriver(),
}
