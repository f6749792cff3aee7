import type { Clock } from '@wirepact/protocol'
import type {
  Draft,
  Engine,
  EngineListener,
  EnginePosition,
  Page,
  PresenceEntry,
  ReadQuery,
  Retention,
} from './engine.js'
import { createEpoch } from './epoch.js'
import { closed, notOpen, openTwice } from './failure.js'
import { MemoryChannel } from './memory-channel.js'
import { toPublication } from './publication.js'
import { SessionTable } from './session-table.js'
import { Sweep } from './sweep.js'

export interface MemoryEngineOptions {
  /** How many sessions may be alive at a time; another one is refused with `ENGINE_FAILED`. Default 1,000,000. */
  readonly maxSessions?: number
  /** How long a channel must have been idle before its epoch may be forgotten. Default one hour. */
  readonly forgetAfterMs?: number
  /** Where time comes from. Default: the system's clock. */
  readonly clock?: Pick<Clock, 'now'>
  /** Makes the name of a new epoch; never the same twice. Default: 96 random bits. */
  readonly createEpoch?: () => string
}

const defaults = {
  maxSessions: 1_000_000,
  forgetAfterMs: 3_600_000,
  clock: { now: () => Date.now() },
  createEpoch,
} satisfies MemoryEngineOptions

type State =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'open'; readonly listener: EngineListener }
  | { readonly kind: 'closed' }

/** An engine whose methods answer at once. */
export type SyncEngine = {
  [Method in keyof Engine]: (...args: Parameters<Engine[Method]>) => Awaited<ReturnType<Engine[Method]>>
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

  append(channel: string, draft: Draft, retention: Retention): EnginePosition {
    const listener = this.#listener()
    const target = this.#touch(channel, retention)
    const offset = target.log.offset + 1
    const publication = toPublication(draft, offset)
    target.log.push(publication)
    target.log.trim(retention, target.touchedAt)
    if (target.attached) listener.publication(channel, publication)
    return { epoch: target.epoch, offset }
  }

  send(channel: string, draft: Draft): void {
    const listener = this.#listener()
    if (this.#channels.get(channel)?.attached) listener.publication(channel, toPublication(draft, null))
  }

  read(channel: string, query: ReadQuery, retention: Retention): Page {
    this.#listener()
    const { log, epoch, touchedAt } = this.#touch(channel, retention)
    log.trim(retention, touchedAt)
    return { epoch, offset: log.offset, first: log.first, publications: log.slice(query) }
  }

  clear(channel: string): void {
    const listener = this.#listener()
    const known = this.#channels.get(channel)
    if (known === undefined || known.epoch === '') return
    known.reset()
    if (known.attached) listener.cleared?.(channel)
    this.#forgetUnused(channel, known)
  }

  enter(channel: string, entry: PresenceEntry): void {
    const listener = this.#listener()
    const target = this.#channel(channel)
    const change = target.members.has(entry.connection) ? 'update' : 'join'
    target.members.set(entry.connection, entry.data)
    if (target.attached) listener.presence(channel, { change, ...entry })
  }

  leave(channel: string, connection: string): void {
    const listener = this.#listener()
    const target = this.#channels.get(channel)
    if (target === undefined || !target.members.delete(connection)) return
    if (target.attached) listener.presence(channel, { change: 'leave', connection })
    this.#forgetUnused(channel, target)
  }

  members(channel: string): readonly PresenceEntry[] {
    this.#listener()
    return this.#channels.get(channel)?.entries() ?? []
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
    this.#sweep.step()
    const fresh = new MemoryChannel()
    this.#channels.set(name, fresh)
    return fresh
  }

  /** The channel, with an epoch, as one whose history was asked for just now. */
  #touch(name: string, retention: Retention): MemoryChannel {
    const channel = this.#channel(name)
    if (channel.epoch === '') channel.epoch = this.#options.createEpoch()
    channel.touchedAt = this.#options.clock.now()
    channel.retention = retention
    return channel
  }

  #isForgettable(channel: MemoryChannel): boolean {
    const now = this.#options.clock.now()
    return now - channel.touchedAt >= this.#options.forgetAfterMs && channel.isIdle(now)
  }

  /** A channel without an epoch has promised nothing to anybody: it goes as soon as nobody uses it. */
  #forgetUnused(name: string, channel: MemoryChannel): void {
    if (channel.epoch === '' && !channel.attached && channel.members.size === 0) this.#channels.delete(name)
  }
}
