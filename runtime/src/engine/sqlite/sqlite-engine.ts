import type { MaybePromise } from '@wirepact/protocol'
import type {
  Appended,
  Draft,
  Engine,
  EngineListener,
  EnteringEntry,
  MembersQuery,
  Page,
  PresenceCount,
  PresentEntry,
  PresentUser,
  ReadQuery,
  Retention,
} from '../engine.js'
import { closed, notOpen, openTwice } from '../failure.js'
import { guard } from './failure.js'
import { readPage } from './history.js'
import { readNewest } from './newest.js'
import { type OpenFile, openFile } from './open-file.js'
import type { SqliteSettings } from './options.js'
import { enter, leave, readMembers } from './presence.js'

type State =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'opening'; readonly opening: Promise<OpenFile> }
  | { readonly kind: 'open'; readonly file: OpenFile }
  | { readonly kind: 'closed'; readonly done: Promise<void> }

/** With more than this before the beginning of a history, a read has it trimmed. */
const maxUnreadable = 256

const reading = 'The read failed'

/**
 * The engine in a file. Writes answer with promises, because those of one turn are committed together at its
 * end; reads answer at once.
 */
export class SqliteEngine implements Engine {
  readonly #path: string
  readonly #settings: SqliteSettings
  #state: State = { kind: 'fresh' }

  constructor(path: string, settings: SqliteSettings) {
    this.#path = path
    this.#settings = settings
  }

  async open(node: string, listener: EngineListener): Promise<void> {
    if (this.#state.kind === 'closed') throw closed()
    if (this.#state.kind !== 'fresh') throw openTwice()
    const opening = openFile({ file: this.#path, node, listener, settings: this.#settings })
    const state: State = { kind: 'opening', opening }
    this.#state = state
    try {
      const file = await opening
      if (this.#is(state)) this.#state = { kind: 'open', file }
    } catch (error) {
      if (this.#is(state)) this.#state = { kind: 'fresh' }
      throw error
    }
  }

  attach(channel: string): void {
    const { connection, startPolling } = this.#file()
    guard(reading, () => {
      connection.poll()
      this.#keep(channel)
    })
    connection.attached.add(channel)
    startPolling()
  }

  detach(channel: string): void {
    const { connection, stopPolling } = this.#file()
    connection.attached.delete(channel)
    if (connection.attached.size === 0) stopPolling()
  }

  append(channel: string, draft: Draft, retention: Retention): Promise<Appended> {
    return this.#file().queue.add((write) => write.append(channel, draft, retention))
  }

  send(channel: string, draft: Draft): Promise<boolean> {
    return this.#file().queue.add((write) => write.send(channel, draft))
  }

  read(channel: string, query: ReadQuery, retention: Retention): MaybePromise<Page> {
    const { queue } = this.#file()
    const page = guard(reading, () => this.#page(channel, query, retention))
    if (page !== undefined) return page
    return queue
      .add((write) => void write.touch(channel, retention))
      .then(() => this.read(channel, query, retention))
  }

  clear(channel: string): Promise<void> {
    return this.#file().queue.add((write) => write.clear(channel))
  }

  clearAll(): Promise<void> {
    return this.#file().queue.add((write) => write.clearAll())
  }

  enter(channel: string, entry: EnteringEntry): Promise<void> {
    return this.#file().queue.add((write) => enter(write, channel, entry))
  }

  leave(channel: string, connection: string): Promise<void> {
    return this.#file().queue.add((write) => leave(write, channel, { connection }))
  }

  members(channel: string, query: MembersQuery = {}): readonly PresentEntry[] {
    const { statements } = this.#file().connection
    return guard(reading, () => readMembers(statements, channel, query))
  }

  users(channel: string, { after = 0, limit = -1 }: MembersQuery = {}): readonly PresentUser[] {
    const { statements } = this.#file().connection
    return guard(reading, () => statements.users.all(channel, after, limit).map((row) => ({ ...row })))
  }

  count(channel: string): PresenceCount {
    const { statements } = this.#file().connection
    return guard(reading, () => ({ ...(statements.memberCount.get(channel) as PresenceCount) }))
  }

  sequence(session: string): number {
    const { connection, watch } = this.#file()
    const { statements } = connection
    watch.require()
    return guard(reading, () => statements.session.get(session, this.#now())?.sequence ?? 0)
  }

  advance(session: string, sequence: number, ttlMs: number): Promise<void> {
    return this.#file().queue.add((write) => {
      const { statements, now } = write.context
      statements.advance.run(session, sequence, now + ttlMs, now)
    })
  }

  close(): Promise<void> {
    if (this.#state.kind === 'closed') return this.#state.done
    const done = closeState(this.#state)
    this.#state = { kind: 'closed', done }
    return done
  }

  #page(channel: string, query: ReadQuery, retention: Retention): Page | undefined {
    const { connection, queue } = this.#file()
    const now = this.#now()
    return connection.read(() => {
      const row = connection.statements.channel.get(channel)
      if (row === undefined || (row.latest === 1) !== (retention.latest ?? false)) return undefined
      const limits = { ...query, ...retention, now }
      const page = (retention.latest ? readNewest : readPage)(connection.statements, row, limits)
      if (page.first - row.first > maxUnreadable || this.#file().upkeep.isStale(row, now)) {
        queue.addQuietly((write) => void write.touch(channel, retention))
      }
      return page
    })
  }

  /** A channel that somebody attaches to must not be forgotten by another node before the next beat. */
  #keep(channel: string): void {
    const { connection, queue, upkeep } = this.#file()
    const row = connection.statements.channel.get(channel)
    if (row === undefined || !upkeep.isStale(row, this.#now())) return
    queue.addQuietly((write) => write.keep(channel))
  }

  #file(): OpenFile {
    if (this.#state.kind === 'open') return this.#state.file
    throw this.#state.kind === 'closed' ? closed() : notOpen()
  }

  #is(state: State): boolean {
    return this.#state === state
  }

  #now(): number {
    return this.#settings.clock.now()
  }
}

async function closeState(state: Exclude<State, { kind: 'closed' }>): Promise<void> {
  if (state.kind === 'open') await state.file.close()
  if (state.kind === 'opening') await (await state.opening.catch(() => undefined))?.close()
}
