import type { EngineListener } from '../engine.js'
import { Connection } from './connection.js'
import type { SqliteDatabase } from './driver.js'
import { isBusy, toOpenError } from './failure.js'
import { FileWatch } from './file-watch.js'
import { Nodes, removeNode } from './nodes.js'
import type { SqliteSettings } from './options.js'
import { repeat } from './repeat.js'
import { prepareFile } from './schema.js'
import { Upkeep } from './upkeep.js'
import { WriteQueue, type WriteQueueOptions } from './write-queue.js'

/** How long to wait before a file that is locked while it is being opened is tried again. */
const retryDelayMs = 20

type Commit = WriteQueueOptions['commit']

/** What exists while an engine is open. */
export interface OpenFile {
  readonly connection: Connection
  readonly queue: WriteQueue
  readonly upkeep: Upkeep
  readonly watch: FileWatch
  /** Starts looking for what other nodes do. Starting twice is starting once. */
  startPolling(): void
  stopPolling(): void
  /** Takes this node out, tells the others, and lets go of the file. */
  close(): Promise<void>
}

export interface OpenFileOptions {
  readonly file: string
  readonly node: string
  readonly listener: EngineListener
  readonly settings: SqliteSettings
}

/** Opens or makes the file, takes part in it, and removes what died since. */
export async function openFile(options: OpenFileOptions): Promise<OpenFile> {
  const { DatabaseSync } = await options.settings.loadDriver()
  let database: SqliteDatabase | undefined
  try {
    database = new DatabaseSync(options.file)
    await prepareWhenFree(database, options.settings)
    return await join(database, options)
  } catch (cause) {
    database?.close()
    throw toOpenError(cause, options.file)
  }
}

async function prepareWhenFree(database: SqliteDatabase, settings: SqliteSettings): Promise<void> {
  const since = settings.clock.now()
  for (;;) {
    try {
      return prepareFile(database, settings)
    } catch (cause) {
      if (!isBusy(cause) || settings.clock.now() - since >= settings.lockTimeoutMs) throw cause
    }
    await new Promise<void>((resolve) => settings.clock.startTimer(resolve, retryDelayMs))
  }
}

async function join(database: SqliteDatabase, options: OpenFileOptions): Promise<OpenFile> {
  const { node, listener, settings } = options
  const { clock, createEpoch, heartbeatIntervalMs, nodeTtlMs } = settings
  const nodes = new Nodes(Math.ceil(nodeTtlMs / heartbeatIntervalMs))
  const now = () => clock.now()
  const connection = new Connection({ database, node, listener, nodes, now, createEpoch })
  const watch = new FileWatch(options.file, clock)
  const commit: Commit = (run) => {
    watch.require()
    return connection.commit(run)
  }
  const queue = new WriteQueue({ ...settings, commit })
  await queue.add((write) => nodes.reap(write))
  return assemble({ connection, queue, watch, upkeep: new Upkeep(settings, nodes, connection) }, options)
}

type Parts = Pick<OpenFile, 'connection' | 'queue' | 'upkeep' | 'watch'>

function assemble(parts: Parts, { node, settings }: OpenFileOptions): OpenFile {
  const { connection, queue, watch } = parts
  const { clock, heartbeatIntervalMs, pollIntervalMs } = settings
  let stopPolling: (() => void) | undefined
  const stopBeating = repeat(clock, heartbeatIntervalMs, () => beat(parts))
  return {
    ...parts,
    startPolling: () => {
      stopPolling ??= repeat(clock, pollIntervalMs, () => poll(connection, queue))
    },
    stopPolling: () => {
      stopPolling?.()
      stopPolling = undefined
    },
    close: async () => {
      stopBeating()
      stopPolling?.()
      connection.attached.clear()
      try {
        // Nobody is left in a file that nobody finds.
        if (watch.isThere) await queue.add((write) => removeNode(write, node))
      } finally {
        connection.close()
      }
    },
  }
}

function beat({ queue, upkeep }: Parts): void {
  queue.addQuietly((write) => upkeep.beat(write))
}

/** A look that fails is repeated soon; whoever asks for something meanwhile is told why. */
function poll(connection: Connection, queue: WriteQueue): void {
  try {
    if (!connection.poll()) queue.addQuietly(() => undefined)
  } catch {
    // See above.
  }
}
