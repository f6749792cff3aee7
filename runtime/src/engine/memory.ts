import { type Clock, WirepactError } from '@wirepact/protocol'
import type {
  Appended,
  Draft,
  Engine,
  EngineListener,
  EnginePosition,
  EnteringEntry,
  MembersQuery,
  Page,
  PresenceCount,
  PresentEntry,
  PresentUser,
  ReadQuery,
  Retention,
} from './engine.js'
import { createEpoch } from './epoch.js'
import { closed, notOpen, openTwice } from './failure.js'
import { MemoryChannel } from './memory-channel.js'
import { toPublication } from './publication.js'
import { PublishKeys } from './publish-keys.js'
import { SessionTable } from './session-table.js'
import { Sweep } from './sweep.js'

export interface MemoryEngineOptions {
  /** How many sessions may be alive at a time; another one is refused with `ENGINE_FAILED`. Default 1,000,000. */
  readonly maxSessions?: number
  /** How many channels may be known at a time; another one is refused with `ENGINE_FAILED`. Default 1,000,000. */
  readonly maxChannels?: number
  /** How long a channel must have been idle before its epoch may be forgotten. Default one hour. */
  readonly forgetAfterMs?: number
  /** The same for a channel that nothing was published in. Default five minutes. */
  readonly forgetEmptyAfterMs?: number
  /** Where time comes from. Default: the system's clock. */
  readonly clock?: Pick<Clock, 'now'>
  /** Makes the name of a new epoch; never the same twice. Default: 96 random bits. */
  readonly createEpoch?: () => string
}

const defaults = {
  maxSessions: 1_000_000,
  maxChannels: 1_000_000,
  forgetAfterMs: 3_600_000,
  forgetEmptyAfterMs: 300_000,
  clock: { now: () => Date.now() },
  createEpoch,
} satisfies MemoryEngineOptions

/** How far to look for a channel that may be forgotten before a new one is refused. */
const stepsWhenFull = 32

type State =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'open'; readonly listener: EngineListener }
  | { readonly kind: 'closed' }

/** An engine whose methods answer at once. */
export type SyncEngine = {
  [Method in keyof Required<Engine>]: (
    ...args: Parameters<Required<Engine>[Method]>
  ) => Awaited<ReturnType<Required<Engine>[Method]>>
}

/**
 * Keeps everything in this process and loses it with the process: for one server, and for tests. Every method
 * answers at once, never with a promise. An idle channel is forgotten when others are added, not by a timer.
 */
export function memoryEngine(options: MemoryEngineOptions = {}): SyncEngine {
  return new MemoryEngine({ ...defaults, ...options })
}

class MemoryEngine implements SyncEngine {
  readonly #options: Required<MemoryEngineOptions>
  readonly #channels = new Map<string, MemoryChannel>()
  readonly #sweep: Sweep<string, MemoryChannel>
  readonly #sessions: SessionTable
  #state: State = { kind: 'fresh' }

  constructor(options: Required<MemoryEngineOptions>) {
    this.#options = options
    this.#sessions = new SessionTable(options.maxSessions, () => options.clock.now())
    this.#sweep = new Sweep(this.#channels, (channel) => this.#isForgettable(channel))
  }

  isLocal(): boolean {
    return true
  }

  open(_node: string, listener: EngineListener): void {
    if (this.#state.kind === 'closed') throw closed()
    if (this.#state.kind === 'open') throw openTwice()
    this.#state = { kind: 'open', listener }
  }

  attach(channel: string): void {
    this.#listener()
    this.#channel(channel).attached = true
  }

  detach(channel: string): void {
    this.#listener()
    const known = this.#channels.get(channel)
    if (known === undefined) return
    known.attached = false
    this.#forgetUnused(channel, known)
  }

  append(channel: string, draft: Draft, retention: Retention): Appended {
    const listener = this.#listener()
    const target = this.#touch(channel, retention)
    const { once } = draft
    const known = once && target.keys?.find(once.key, target.touchedAt)
    if (known !== undefined)
      return { ...(known.position ?? { epoch: target.epoch, offset: 0 }), repeated: true }
    const offset = target.log.offset + 1
    const publication = toPublication(draft, offset)
    const position = { epoch: target.epoch, offset }
    target.push(publication, draft.key)
    target.log.trim(retention, target.touchedAt)
    if (once !== undefined) this.#remember(target, draft, position)
    if (target.attached) listener.publication(channel, publication)
    return position
  }

  send(channel: string, draft: Draft): boolean {
    const listener = this.#listener()
    if (draft.once !== undefined) {
      const target = this.#channel(channel)
      if (target.keys?.find(draft.once.key, this.#options.clock.now()) !== undefined) return false
      this.#remember(target, draft)
    }
    if (this.#channels.get(channel)?.attached) listener.publication(channel, toPublication(draft, null))
    return true
  }

  read(channel: string, query: ReadQuery, retention: Retention): Page {
    this.#listener()
    const { log, epoch, touchedAt } = this.#touch(channel, retention)
    log.trim(retention, touchedAt)
    return { epoch, offset: log.offset, first: log.first, publications: log.slice(query) }
  }

  clear(channel: string): void {
    this.#listener()
    const known = this.#channels.get(channel)
    if (known === undefined || known.epoch === '') return
    this.#reset(channel, known)
    this.#forgetUnused(channel, known)
  }

  clearAll(): void {
    this.#listener()
    for (const channel of [...this.#channels.keys()]) this.clear(channel)
  }

  enter(channel: string, { isNews, ...entry }: EnteringEntry): void {
    const listener = this.#listener()
    const { connection, data, user } = entry
    const roster = this.#channels.get(channel)?.roster
    const known = roster?.find(connection)
    const isTold = !isNews || user === undefined || roster?.newestOf(user) === data
    if (known?.data === data && known.user === user && isTold) return
    if (known !== undefined && known.user !== user) this.leave(channel, connection)
    const target = this.#channel(channel)
    const event = target.roster.enter(entry)
    if (target.attached) listener.presence(channel, event)
  }

  leave(channel: string, connection: string): void {
    const listener = this.#listener()
    const target = this.#channels.get(channel)
    const event = target?.roster.leave(connection)
    if (target === undefined || event === undefined) return
    if (target.attached) listener.presence(channel, event)
    this.#forgetUnused(channel, target)
  }

  members(channel: string, query?: MembersQuery): readonly PresentEntry[] {
    this.#listener()
    return this.#channels.get(channel)?.roster.members(query) ?? []
  }

  users(channel: string, query?: MembersQuery): readonly PresentUser[] {
    this.#listener()
    return this.#channels.get(channel)?.roster.users(query) ?? []
  }

  count(channel: string): PresenceCount {
    this.#listener()
    return this.#channels.get(channel)?.roster.count() ?? { connections: 0, users: 0 }
  }

  sequence(session: string): number {
    this.#listener()
    return this.#sessions.sequence(session)
  }

  advance(session: string, sequence: number, ttlMs: number): void {
    this.#listener()
    this.#sessions.advance(session, sequence, ttlMs)
  }

  close(): void {
    this.#state = { kind: 'closed' }
    this.#channels.clear()
    this.#sessions.clear()
  }

  #listener(): EngineListener {
    if (this.#state.kind === 'open') return this.#state.listener
    throw this.#state.kind === 'closed' ? closed() : notOpen()
  }

  #channel(name: string): MemoryChannel {
    const known = this.#channels.get(name)
    if (known !== undefined) return known
    this.#makeRoom()
    const fresh = new MemoryChannel()
    this.#channels.set(name, fresh)
    return fresh
  }

  /** Forgets a few channels that may be forgotten; looks further when there is no room for another one. */
  #makeRoom(): void {
    const { maxChannels } = this.#options
    const isFull = () => this.#channels.size >= maxChannels
    for (let step = 0; step === 0 || (step < stepsWhenFull && isFull()); step++) this.#sweep.step()
    if (isFull()) throw new WirepactError('ENGINE_FAILED', `There are ${maxChannels} channels already.`)
  }

  /** The channel, with an epoch, as one whose history was asked for just now. */
  #touch(name: string, retention: Retention): MemoryChannel {
    const channel = this.#channel(name)
    channel.retention = retention
    if (channel.isOfOtherKind) this.#reset(name, channel)
    if (channel.epoch === '') channel.epoch = this.#options.createEpoch()
    channel.touchedAt = this.#options.clock.now()
    return channel
  }

  #reset(name: string, channel: MemoryChannel): void {
    const isNews = channel.epoch !== ''
    channel.reset()
    if (isNews && channel.attached) this.#listener().cleared?.(name)
  }

  #remember(channel: MemoryChannel, { once }: Draft, position?: EnginePosition): void {
    if (once === undefined) return
    channel.keys ??= new PublishKeys()
    channel.keys.remember(once, this.#options.clock.now(), position)
  }

  #isForgettable(channel: MemoryChannel): boolean {
    const { clock, forgetAfterMs, forgetEmptyAfterMs } = this.#options
    const now = clock.now()
    const patienceMs = channel.log.offset === 0 ? Math.min(forgetEmptyAfterMs, forgetAfterMs) : forgetAfterMs
    return now - channel.touchedAt >= patienceMs && channel.isIdle(now)
  }

  /** A channel without an epoch has promised nothing to anybody: it goes as soon as nobody uses it. */
  #forgetUnused(name: string, channel: MemoryChannel): void {
    if (channel.epoch === '' && !channel.isUsed(this.#options.clock.now())) this.#channels.delete(name)
  }
}
