import type { EngineListener } from '../engine.js'
import type { SqliteDatabase } from './driver.js'
import { type EngineEvent, tell } from './event.js'
import { type FeedNews, readFeed, unread } from './feed.js'
import type { Nodes } from './nodes.js'
import { type ChannelRow, prepareStatements, type Statements } from './statements.js'
import { Write } from './write.js'

/** How many rows of channels are held between transactions. */
const maxKnownRows = 10_000

const unknown: ReadonlyMap<string, ChannelRow> = new Map()

/** What a connection needs of its surroundings. */
export interface ConnectionOptions {
  readonly database: SqliteDatabase
  readonly node: string
  readonly listener: EngineListener
  readonly nodes: Nodes
  readonly now: () => number
  readonly createEpoch: () => string
}

/**
 * One open file: its transactions, and what the listener is told after them. Whatever other nodes committed
 * before a transaction is told before what the transaction did, so that every node sees the same order.
 */
export class Connection {
  readonly statements: Statements
  readonly attached = new Set<string>()
  /** How many keys the channels that were lately published to once may remember. */
  readonly keyed = new Map<string, number>()
  readonly #options: ConnectionOptions
  #feed = unread
  /** Rows as this connection wrote them, good for as long as no other one writes. */
  #known = new Map<string, ChannelRow>()

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.statements = prepareStatements(options.database)
  }

  /** Does `run` in one transaction; when it throws, nothing was done. What it returns tells the listener. */
  commit(run: (write: Write) => void): () => void {
    const { node, now, createEpoch, nodes } = this.#options
    const { statements } = this
    const committed = this.#transact(statements.begin, () => {
      const news = readFeed(statements, node, this.#feed)
      const known = news.state === this.#feed ? this.#known : unknown
      const write = new Write({ statements, node, now: now(), createEpoch, known, ...news.state })
      if (!news.isRegistered) nodes.register(write)
      run(write)
      write.finish()
      return { news, write }
    })
    return this.#committed(committed.news, committed.write)
  }

  /** Tells the listener what other nodes did since. False when they have taken this node for dead. */
  poll(): boolean {
    const { statements } = this
    const current = statements.dataVersion.get()?.data_version
    if (current === this.#feed.version) return true
    const news = this.read(() => readFeed(statements, this.#options.node, this.#feed))
    if (!news.isRegistered) return false
    this.#feed = news.state
    this.#known = new Map()
    this.#tell(news, [])
    return true
  }

  /** Answers what `work` reads, all of one moment. */
  read<Result>(work: () => Result): Result {
    return this.#transact(this.statements.beginRead, work)
  }

  close(): void {
    try {
      this.#options.database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    } finally {
      this.#options.database.close()
    }
  }

  #transact<Result>(begin: Statements['begin'], work: () => Result): Result {
    begin.run()
    try {
      const result = work()
      this.statements.commit.run()
      return result
    } catch (cause) {
      this.#rollBack()
      throw cause
    }
  }

  #rollBack(): void {
    try {
      this.statements.rollback.run()
    } catch {
      // After some errors SQLite has rolled back by itself, and says that there is nothing to roll back.
    }
  }

  /** Remembers what the transaction has seen; from here on it cannot be undone. */
  #committed(news: FeedNews, write: Write): () => void {
    const isFirst = this.#feed === unread
    const version = write.nodesChanged ? unread.version : news.state.version
    const isStale = news.state !== this.#feed || write.allCleared
    if (isStale || this.#known.size > maxKnownRows) this.#known = new Map()
    for (const name of write.forgotten) this.#known.delete(name)
    for (const row of write.rows()) this.#known.set(row.name, row)
    for (const [channel, maxKeys] of write.keyed) this.keyed.set(channel, maxKeys)
    this.#feed = { ...news.state, version, cursor: write.lastEvent ?? news.state.cursor }
    return () => this.#tell(isFirst ? { ...news, isBroken: false } : news, write.events)
  }

  #tell(news: FeedNews, own: readonly EngineEvent[]): void {
    const { listener } = this.#options
    if (news.isBroken) listener.interrupted?.()
    for (const event of news.events) this.#tellOne(event)
    for (const event of own) this.#tellOne(event)
  }

  #tellOne(event: EngineEvent): void {
    const { listener } = this.#options
    if (this.attached.has(event.channel)) return tell(listener, event)
    if (event.kind === 'all-cleared') for (const channel of [...this.attached]) listener.cleared?.(channel)
  }
}
