import type { Appended, Draft, EnginePosition, Retention } from '../engine.js'
import { toPublication } from '../publication.js'
import { type EngineEvent, toEventColumns, toExceptColumn } from './event.js'
import { trim } from './history.js'
import { addNewest, trimNewest } from './newest.js'
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
  /** Whether no row is as it was known before. */
  allCleared = false
  /** How many keys channels that were published to once may remember. */
  readonly keyed = new Map<string, number>()
  /** The channels that were forgotten. */
  readonly forgotten: string[] = []
  readonly context: WriteContext
  readonly #publications: PublicationRows
  readonly #channels = new Map<string, HeldChannel>()

  constructor(context: WriteContext) {
    this.context = context
    this.#publications = new PublicationRows(context.statements)
  }

  append(channel: string, draft: Draft, retention: Retention): Appended {
    const known = this.#findKey(channel, draft)
    if (known !== undefined) return { ...known, repeated: true }
    const row = this.touch(channel, retention)
    const bytes = Buffer.byteLength(draft.data) + Buffer.byteLength(draft.name)
    const offset = row.last + 1
    const { name, at, data } = draft
    if (row.first === offset) row.firstAt = draft.at
    row.last = offset
    row.bytes += bytes
    if (retention.latest) addNewest(this.context.statements, row, { draft, bytes })
    else this.#publications.add([row.id, offset, name, bytes, at, toExceptColumn(draft), data])
    const position = { epoch: row.epoch, offset }
    this.#remember(channel, draft, position)
    this.announce({ kind: 'publication', channel, publication: toPublication(draft, offset) })
    return position
  }

  /** Tells without keeping. False when it was told already. */
  send(channel: string, draft: Draft): boolean {
    if (this.#findKey(channel, draft) !== undefined) return false
    this.#remember(channel, draft, { epoch: '', offset: 0 })
    this.announce({ kind: 'publication', channel, publication: toPublication(draft, null) })
    return true
  }

  clear(channel: string): void {
    const row = this.#find(channel)?.row
    if (row !== undefined) this.#clear(channel, row)
  }

  clearAll(): void {
    const { statements, createEpoch } = this.context
    this.finish()
    statements.clearPublications.run()
    statements.clearNewest.run()
    statements.clearChannels.run(createEpoch())
    this.#channels.clear()
    this.allCleared = true
    this.announce({ kind: 'all-cleared', channel: '' })
  }

  /** The channel, made when there is none, as one whose history was asked for now; trimmed at the end. */
  touch(channel: string, retention: Retention): ChannelRow {
    const entry = this.#find(channel) ?? this.#add(channel)
    const latest = retention.latest ? 1 : 0
    if (entry.row.latest !== latest) {
      if (entry.row.last > 0) this.#clear(channel, entry.row)
      entry.row.latest = latest
    }
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
    this.#hold(row).retention = { maxMessages: Infinity, maxBytes: Infinity, ttlMs: row.ttlMs }
  }

  /** Forgets channels that nobody uses and that nothing was published in, up to a number of them. */
  forgetEmpty(before: number, limit: number): void {
    // What this transaction did to a channel must be in the table before it is judged.
    this.finish()
    for (const { name } of this.context.statements.forgetEmpty.all(before, limit)) this.forgotten.push(name)
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
      const limits = retention && { ...retention, now }
      if (limits !== undefined) (row.latest === 1 ? trimNewest : trim)(statements, row, limits)
      const { epoch, last, first, firstAt, bytes, ttlMs, touchedAt, latest, id } = row
      statements.updateChannel.run(epoch, last, first, firstAt, bytes, ttlMs, touchedAt, latest, id)
    }
  }

  #find(channel: string): HeldChannel | undefined {
    const held = this.#channels.get(channel)
    if (held !== undefined) return held
    const known = this.allCleared ? undefined : this.context.known.get(channel)
    const row = known ?? this.context.statements.channel.get(channel)
    return row === undefined ? undefined : this.#hold(row)
  }

  #clear(channel: string, row: ChannelRow): void {
    const { statements, createEpoch } = this.context
    this.#publications.flush()
    ;(row.latest === 1 ? statements.trimNewest : statements.trim).run(row.id, row.last + 1)
    Object.assign(row, { epoch: createEpoch(), last: 0, first: 1, firstAt: null, bytes: 0 })
    this.announce({ kind: 'cleared', channel })
  }

  #findKey(channel: string, { once }: Draft): EnginePosition | undefined {
    return once && this.context.statements.key.get(channel, once.key, this.context.now)
  }

  #remember(channel: string, { once }: Draft, { epoch, offset }: EnginePosition): void {
    if (once === undefined) return
    this.keyed.set(channel, once.maxKeys)
    this.context.statements.putKey.run(channel, once.key, epoch, offset, this.context.now + once.ttlMs)
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
