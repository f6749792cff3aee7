import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Engine } from '@wirepact/runtime'
import { type SqliteEngineOptions, sqliteEngine } from '@wirepact/runtime/sqlite'
import type { Place } from './place.js'
import { turn, VirtualClock } from './virtual-clock.js'

export interface SqlitePlace extends Place {
  readonly file: string
  make(options?: SqliteEngineOptions): Engine
}

/** A new file in a new folder, and a clock that is moved by hand. */
export async function makeSqlitePlace(): Promise<SqlitePlace> {
  const folder = await mkdtemp(join(tmpdir(), 'wirepact-engine-'))
  const file = join(folder, 'state.db')
  const clock = new VirtualClock()
  const forgetAfterMs = 60_000
  const forgetEmptyAfterMs = 30_000
  return {
    file,
    clock,
    forgetAfterMs,
    forgetEmptyAfterMs,
    make: (options) => sqliteEngine(file, { clock, forgetAfterMs, forgetEmptyAfterMs, ...options }),
    idle: async () => clock.pass(4_000),
    upkeep: async () => clock.pass(2_000),
    settle: async () => {
      await turn()
      await clock.pass(25)
    },
    remove: async () => rm(folder, { recursive: true, force: true }),
  }
}
