import type { Draft, EnginePosition, Retention } from '../engine.js'
import { toPublication } from '../publication.js'
import { type EngineEvent, toEventColumns, toExceptColumn } from './event.js'
import { trim } from './history.js'
import { PublicationRows } from './publication-rows.js'
import type { ChannelRow, Statements } from './statements.js'

/** What a transaction works with. */
export interface WriteContext {
  readonly statements: Statements
  readonly node: string
  readonly now: number
  readonly createEpoch: () => string
  /** The newest event of all nodes when the transaction began. */
  readonly cursor: number
  /** Whether another node is to be told; if not, nothing is written for one. */
  readonly hasOthers: boolean
  /** Rows of `channels` that are known to be as they are in the file. */
  readonly known: ReadonlyMap<string, Readonly<ChannelRow>>
}

interface HeldChannel {
  readonly row: ChannelRow
  retention?: Retention
}

/**
 * One transaction: it holds every channel that it touches until the end, so that a row is read and written
 * once however many publications there are. Knows the tables; knows neither the lock nor the listener.
 */
export class Write {
  /** What is to be told once it is committed, in order. */
  readonly events: EngineEvent[] = []
  /** The newest event written for other nodes; undefined when there is none. */
  lastEvent: number | undefined
  /** Whether a node was taken out, so that who is there must be looked up anew. */
  nodesChanged = false
  /** The channels that were forgotten. */
  readonly forgotten: string[] = []
  readonly context: WriteContext
  readonly #publications: PublicationRows
  readonly #channels = new Map<string, HeldChannel>()

  constructor(context: WriteContext) {
    this.context = context
    this.#publications = new PublicationRows(context.statements)
  }

  append(channel: string, draft: Draft, retention: Retention): EnginePosition {
    const row = this.touch(channel, retention)
    const bytes = Buffer.byteLength(draft.data) + Buffer.byteLength(draft.name)
    const offset = row.last + 1
    const { name, at, data } = draft
    this.#publications.add([row.id, offset, name, bytes, at, toExceptColumn(draft), data])
    if (row.first === offset) row.firstAt = draft.at
    row.last = offset
    row.bytes += bytes
    this.announce({ kind: 'publication', channel, publication: toPublication(draft, offset) })
    return { epoch: row.epoch, offset }
  }

  clear(channel: string): void {
    const row = this.#find(channel)?.row
    if (row === undefined) return
    this.#publications.flush()
    this.context.statements.trim.run(row.id, row.last + 1)
    Object.assign(row, { epoch: this.context.createEpoch(), last: 0, first: 1, firstAt: null, bytes: 0 })
    this.announce({ kind: 'cleared', channel })
  }

  /** The channel, made when there is none, as one whose history was asked for now; trimmed at the end. */
  touch(channel: string, retention: Retention): ChannelRow {
    const entry = this.#find(channel) ?? this.#add(channel)
    entry.retention = retention
    entry.row.ttlMs = retention.ttlMs
    entry.row.touchedAt = this.context.now
    return entry.row
  }

  /** Keeps a channel that is in use from being forgotten. */
  keep(channel: string): void {
    const held = this.#channels.get(channel)
    if (held !== undefined) held.row.touchedAt = this.context.now
    else this.context.statements.keepChannel.run(this.context.now, channel)
  }

  /** Drops what became too old without being read, and forgets the channel when nothing is left of it. */
  sweep(row: ChannelRow, forgetBefore: number): void {
    const { statements, now } = this.context
    if (this.#channels.has(row.name)) return
    if (Number(statements.forgetChannel.run(row.id, forgetBefore).changes) > 0) {
      this.forgotten.push(row.name)
      return
    }
    if (row.firstAt === null || now - row.firstAt < row.ttlMs) return
    const retention = { maxMessages: Infinity, maxBytes: Infinity, ttlMs: row.ttlMs }
    this.#hold(row).retention = retention
  }

  /** Tells this node's listener, and the other nodes, once it is committed. */
  announce(event: EngineEvent): void {
    this.events.push(event)
    if (!this.context.hasOthers) return
    const added = this.context.statements.addEvent.run(...toEventColumns(event))
    this.lastEvent = Number(added.lastInsertRowid)
  }

  /** Trims and writes back what was touched. The last thing before the commit. */
  finish(): void {
    const { statements, now } = this.context
    this.#publications.flush()
    for (const { row, retention } of this.#channels.values()) {
      if (retention !== undefined) trim(statements, row, { ...retention, now })
      const { epoch, last, first, firstAt, bytes, ttlMs, touchedAt, id } = row
      statements.updateChannel.run(epoch, last, first, firstAt, bytes, ttlMs, touchedAt, id)
    }
  }

  #find(channel: string): HeldChannel | undefined {
    const known = this.#channels.get(channel)
    if (known !== undefined) return known
    const row = this.context.known.get(channel) ?? this.context.statements.channel.get(channel)
    return row === undefined ? undefined : this.#hold(row)
  }

  #add(channel: string): HeldChannel {
    const { statements, createEpoch, now } = this.context
    return this.#hold(statements.addChannel.get(channel, createEpoch(), now) as ChannelRow)
  }

  /** What is now in the file, for the next transaction; valid once this one is committed. */
  *rows(): Iterable<ChannelRow> {
    for (const { row } of this.#channels.values()) yield row
  }

  #hold(row: Readonly<ChannelRow>): HeldChannel {
    const entry: HeldChannel = { row: { ...row } }
    this.#channels.set(row.name, entry)
    return entry
  }
}
