import type { Connection } from './connection.js'
import type { Nodes } from './nodes.js'
import type { SqliteSettings } from './options.js'
import type { ChannelRow } from './statements.js'
import type { Write } from './write.js'

/** How much is looked through at each beat: enough to keep up, too little to be felt. */
const channelsPerBeat = 200
const sessionsPerBeat = 1_000
const keysPerBeat = 10_000
const emptiesPerBeat = 10_000

/** A channel that is in use is touched again when this part of `forgetAfterMs` has passed. */
const touchesPerLife = 4

/**
 * What is done at every beat: says that this node lives, takes out those that died, drops what was read by
 * everybody, what became too old and what nobody uses. Goes through the channels a few at a time.
 */
export class Upkeep {
  readonly #settings: SqliteSettings
  readonly #nodes: Nodes
  readonly #connection: Pick<Connection, 'attached' | 'keyed'>
  #lastChannel = 0
  /** The attached channels that are still to be looked at in this round. */
  #round: IterableIterator<string> = [].values()
  #touchedAt = 0

  constructor(settings: SqliteSettings, nodes: Nodes, connection: Pick<Connection, 'attached' | 'keyed'>) {
    this.#settings = settings
    this.#nodes = nodes
    this.#connection = connection
  }

  beat(write: Write): void {
    const { statements, node, cursor, now } = write.context
    statements.beat.run(cursor, node)
    this.#nodes.reap(write)
    statements.dropEvents.run(cursor - this.#settings.maxBacklog)
    statements.expireSessions.run(now, sessionsPerBeat)
    statements.expireKeys.run(now, keysPerBeat)
    this.#boundKeys(write)
    this.#keepAttached(write)
    this.#keepEmpty(write)
    write.forgetEmpty(now - this.#emptyLifeMs, emptiesPerBeat)
    this.#sweepChannels(write)
  }

  /** Whether a channel in use has to be touched, so that no node forgets it. */
  isStale({ touchedAt, last }: Pick<ChannelRow, 'touchedAt' | 'last'>, now: number): boolean {
    const lifeMs = last === 0 ? this.#emptyLifeMs : this.#settings.forgetAfterMs
    return now - touchedAt >= lifeMs / touchesPerLife
  }

  get #emptyLifeMs(): number {
    return Math.min(this.#settings.forgetEmptyAfterMs, this.#settings.forgetAfterMs)
  }

  /** Keys that are over the count are let be until here, because counting them at each publication costs more. */
  #boundKeys(write: Write): void {
    const { keyed } = this.#connection
    for (const [channel, maxKeys] of keyed) write.context.statements.boundKeys.run(channel, maxKeys)
    keyed.clear()
  }

  /** Goes round the attached channels in a quarter of the life of an empty one, so that none is forgotten. */
  #keepEmpty(write: Write): void {
    const { attached } = this.#connection
    const beats = Math.floor(this.#emptyLifeMs / touchesPerLife / this.#settings.heartbeatIntervalMs)
    const names: string[] = []
    for (let left = Math.ceil(attached.size / Math.max(1, beats - 1)); left > 0; left--) {
      const next = this.#round.next()
      if (next.done) this.#round = attached.values()
      else names.push(next.value)
    }
    if (names.length > 0) write.context.statements.keepEmpty.run(write.context.now, JSON.stringify(names))
  }

  #keepAttached(write: Write): void {
    const { now } = write.context
    if (!this.isStale({ touchedAt: this.#touchedAt, last: 1 }, now)) return
    this.#touchedAt = now
    for (const channel of this.#connection.attached) write.keep(channel)
  }

  #sweepChannels(write: Write): void {
    const { statements, now } = write.context
    const rows = statements.nextChannels.all(this.#lastChannel, channelsPerBeat)
    for (const row of rows) write.sweep(row, now - this.#settings.forgetAfterMs)
    this.#lastChannel = rows.at(-1)?.id ?? 0
  }
}
