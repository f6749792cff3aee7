import type { Nodes } from './nodes.js'
import type { SqliteSettings } from './options.js'
import type { Write } from './write.js'

/** How much is looked through at each beat: enough to keep up, too little to be felt. */
const channelsPerBeat = 200
const sessionsPerBeat = 1_000

/** A channel that is in use is touched again when this part of `forgetAfterMs` has passed. */
const touchesPerLife = 4

/**
 * What is done at every beat: says that this node lives, takes out those that died, drops what was read by
 * everybody, what became too old and what nobody uses. Goes through the channels a few at a time.
 */
export class Upkeep {
  readonly #settings: SqliteSettings
  readonly #nodes: Nodes
  readonly #attached: ReadonlySet<string>
  #lastChannel = 0
  #touchedAt = 0

  constructor(settings: SqliteSettings, nodes: Nodes, attached: ReadonlySet<string>) {
    this.#settings = settings
    this.#nodes = nodes
    this.#attached = attached
  }

  beat(write: Write): void {
    const { statements, node, cursor, now } = write.context
    statements.beat.run(cursor, node)
    this.#nodes.reap(write)
    statements.dropEvents.run(cursor - this.#settings.maxBacklog)
    statements.expireSessions.run(now, sessionsPerBeat)
    this.#keepAttached(write)
    this.#sweepChannels(write)
  }

  /** Whether a channel in use has to be touched, so that no node forgets it. */
  isStale(touchedAt: number, now: number): boolean {
    return now - touchedAt >= this.#settings.forgetAfterMs / touchesPerLife
  }

  #keepAttached(write: Write): void {
    const { now } = write.context
    if (!this.isStale(this.#touchedAt, now)) return
    this.#touchedAt = now
    for (const channel of this.#attached) write.keep(channel)
  }

  #sweepChannels(write: Write): void {
    const { statements, now } = write.context
    const rows = statements.nextChannels.all(this.#lastChannel, channelsPerBeat)
    for (const row of rows) write.sweep(row, now - this.#settings.forgetAfterMs)
    this.#lastChannel = rows.at(-1)?.id ?? 0
  }
}
