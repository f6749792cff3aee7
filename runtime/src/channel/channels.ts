import {
  type HistoryPage,
  type HistoryQuery,
  type Joined,
  type Kept,
  type MembersPage,
  type MembersQuery,
  type Member as PresentMember,
  WirepactError,
} from '@wirepact/protocol'
import type { Environment } from '../core/environment.js'
import type { Limits } from '../core/limits.js'
import { observe } from '../core/observe.js'
import type { ObservedStart, Observer } from '../core/observer.js'
import { Packet } from '../core/packet.js'
import type { Draft, Engine, EnginePosition, Publication } from '../engine/engine.js'
import { type ChannelRef, toObservedChannel } from './channel-ref.js'
import { encodePublication, encodeSkip, isBinary } from './encode.js'
import type { Hub } from './hub.js'
import { Hubs } from './hubs.js'
import type { JoinOptions } from './join-options.js'
import { isExcepted, type MemberConnection, Membership } from './membership.js'
import { readStart, type Start } from './recovery.js'

/** A membership with the channel that it belongs to. */
interface Member {
  readonly hub: Hub
  readonly membership: Membership
}

/** What the channels of a server are made of. */
export interface ChannelsParts {
  readonly engine: Engine
  readonly environment: Environment
  readonly limits: Limits
  readonly observer: Observer | undefined
  /** Called when the engine may have missed something, so that every connection has to begin anew. */
  readonly interrupted: () => void
  /** Takes a publication of a channel that nobody is a member of. */
  readonly unclaimed: (channel: string, publication: Publication) => void
}

/** What became of a publication. */
export interface PublishResult {
  readonly position: EnginePosition | undefined
  /** Whether it was published before, so that nothing happened now. */
  readonly isRepeated: boolean
}

/** All that can be done with channels. It knows members, history and presence; it does not know routes or sockets. */
export class Channels {
  readonly #engine: Engine
  readonly #environment: Environment
  readonly #limits: Limits
  readonly #observer: Observer | undefined
  readonly hubs: Hubs

  constructor(parts: ChannelsParts) {
    this.#engine = parts.engine
    this.#environment = parts.environment
    this.#limits = parts.limits
    this.#observer = parts.observer
    this.hubs = new Hubs(parts.engine, {
      failed: (error, channel) => this.#report(error, channel),
      cleared: (hub) => this.#restart(hub),
      interrupted: parts.interrupted,
      unclaimed: parts.unclaimed,
      ...(parts.observer?.delivered && { delivered: parts.observer.delivered }),
    })
  }

  /** Appends and fans out. Resolves with what became of it; the position is undefined for what is not kept. */
  async publish(ref: ChannelRef, message: Omit<Draft, 'at'>, kept: boolean): Promise<PublishResult> {
    const draft = { ...message, at: this.#environment.clock.now() }
    const publishing = this.#observer?.publishing
    if (publishing === undefined) return this.#publish(ref, draft, kept)
    const span = publishing({ channel: toObservedChannel(ref), name: draft.name })
    return observe(span, () => this.#publish(ref, draft, kept))
  }

  /** How many members on this node a publication is for. */
  countFor(name: string, publication: Pick<Publication, 'except' | 'to'>): number {
    return this.hubs.find(name)?.count(publication) ?? 0
  }

  /**
   * Makes a connection a member: from the first moment on nothing is lost, since what happens while its
   * history is read is held back. The confirmation goes first, then what was missed, then what was held back.
   * False when it was a member already.
   */
  async join(ref: ChannelRef, connection: MemberConnection, options: JoinOptions): Promise<boolean> {
    this.#requireRoom(ref.name)
    const hub = this.hubs.open(ref)
    if (hub.find(connection) !== undefined) return false
    const membership = new Membership(connection, {
      maxHeld: this.#limits.maxHeld,
      overflow: options.overflow,
    })
    hub.add(membership)
    try {
      await hub.attached
      await this.#enter(ref, membership, options.presence)
      await this.#start(ref, { hub, membership }, options)
    } catch (error) {
      await this.#end(hub, membership)
      throw error
    }
    return !membership.ended
  }

  /** Sends a member what it missed since `position`, or the reason why it cannot be had. False for no member. */
  async resync(ref: ChannelRef, connection: MemberConnection, options: JoinOptions): Promise<boolean> {
    const hub = this.hubs.find(ref.name)
    const membership = hub?.find(connection)
    if (hub === undefined || membership === undefined) return false
    await this.#start(ref, { hub, membership }, options)
    return true
  }

  isMember(name: string, connection: MemberConnection): boolean {
    return this.hubs.find(name)?.find(connection) !== undefined
  }

  /** Ends a membership. False when there was none. */
  async leave(name: string, connection: MemberConnection): Promise<boolean> {
    const hub = this.hubs.find(name)
    const membership = hub?.find(connection)
    if (hub === undefined || membership === undefined) return false
    await this.#end(hub, membership)
    return true
  }

  /** Replaces a member's metadata. False when it is no member. */
  async update(name: string, connection: MemberConnection, presence: string): Promise<boolean> {
    if (!this.isMember(name, connection)) return false
    await this.#engine.enter(name, { connection: connection.id, data: presence })
    return true
  }

  async members(name: string): Promise<PresentMember[]> {
    const entries = await this.#engine.members(name)
    return entries.map(({ connection, data }): PresentMember => [connection, JSON.parse(data) as unknown])
  }

  /** A page of those who are in the channel, on every node. */
  async membersPage(name: string, { limit, after }: MembersQuery): Promise<MembersPage> {
    const order = toOrder(after)
    const found = await this.#engine.members(name, { limit: limit + 1, ...(order > 0 && { after: order }) })
    const members = found.slice(0, limit)
    const { connections } = await this.#engine.count(name)
    return {
      members: members.map(
        ({ connection, data }): PresentMember => [connection, JSON.parse(data) as unknown],
      ),
      count: connections,
      ...(found.length > limit && { next: String(members.at(-1)?.order ?? order) }),
    }
  }

  async count(name: string): Promise<number> {
    return (await this.#engine.count(name)).connections
  }

  /** Throws `NO_HISTORY` on a channel that keeps none. */
  async history(ref: ChannelRef, query: HistoryQuery): Promise<HistoryPage> {
    const retention = ref.channel.retention
    if (retention === undefined)
      throw new WirepactError('NO_HISTORY', `The channel ${ref.name} keeps no history.`)
    const { limit, after, before = Number.MAX_SAFE_INTEGER } = query
    const page = await this.#engine.read(
      ref.name,
      after === undefined ? { limit, before } : { limit, after },
      retention,
    )
    const oldest = page.publications[0]?.offset ?? page.first
    const newest = page.publications.at(-1)?.offset ?? page.offset
    return {
      epoch: page.epoch,
      publications: page.publications.map((publication) => toKept(ref, publication)),
      more: after === undefined ? oldest > page.first : newest < page.offset,
    }
  }

  /** Forgets the channel's history: every member, on every node, learns that it has to begin anew. */
  async clear(name: string): Promise<void> {
    await this.#engine.clear(name)
  }

  async clearAll(): Promise<void> {
    await this.#engine.clearAll()
  }

  /**
   * No position of the old history has a meaning any more. A member that is reading it begins to read anew, for
   * the same purpose; one that has not begun to read will read the new one.
   */
  #restart(hub: Hub): void {
    for (const membership of hub.members) {
      membership.forget()
      if (membership.reading === 0) continue
      const options = membership.starting ?? { ...restarted, overflow: membership.overflow }
      this.#start(hub.ref, { hub, membership }, options).catch((error: unknown) => {
        this.#report(error, hub.name)
        membership.overflow()
      })
    }
  }

  async #publish(ref: ChannelRef, draft: Draft, kept: boolean): Promise<PublishResult> {
    if (kept && ref.channel.retention !== undefined) {
      const position = await this.#engine.append(ref.name, draft, ref.channel.retention)
      return { position, isRepeated: position.repeated === true }
    }
    return { position: undefined, isRepeated: !(await this.#engine.send(ref.name, draft)) }
  }

  #requireRoom(name: string): void {
    const { maxServerChannels } = this.#limits
    if (this.hubs.size < maxServerChannels || this.hubs.find(name) !== undefined) return
    throw new WirepactError('TOO_MANY_CHANNELS', 'The server has as many channels as it may have.')
  }

  async #enter(ref: ChannelRef, membership: Membership, presence: string | undefined): Promise<void> {
    if (presence === undefined || membership.ended) return
    membership.present = true
    await this.#engine.enter(ref.name, { connection: membership.connection.id, data: presence })
    if (!this.isMember(ref.name, membership.connection))
      await this.#engine.leave(ref.name, membership.connection.id)
  }

  async #start(ref: ChannelRef, { hub, membership }: Member, options: JoinOptions): Promise<void> {
    const reading = ++membership.reading
    membership.starting = options
    membership.hold()
    const { position, replay } = options
    const maxRecovered = this.#limits.maxRecovered
    const start = await readStart(this.#engine, { ...ref, position, replay, maxRecovered })
    const presence = ref.channel.definition.presence && (await this.members(ref.name))
    if (membership.ended || membership.reading !== reading) return
    const { connection } = membership
    this.#observer?.started?.(toObservedChannel(ref), toObservedStart(start))
    connection.send(Packet.of(['joined', options.id, ref.name, toJoined(start, presence)]))
    for (const publication of start.publications) connection.send(encodeFor(hub, connection, publication))
    membership.starting = undefined
    membership.release(start.top)
  }

  async #end(hub: Hub, membership: Membership): Promise<void> {
    hub.remove(membership)
    this.hubs.release(hub)
    if (membership.present) await this.#engine.leave(hub.name, membership.connection.id)
  }

  #report(error: unknown, channel: string): void {
    this.#environment.logger.error({ error, channel }, 'The engine failed a channel.')
  }
}

/** Without a position there is nothing to recover. */
function toObservedStart({ recovered, reason }: Start): ObservedStart {
  return recovered === true ? 'recovered' : (reason ?? 'fresh')
}

/** The place in the order of members that a page went up to; 0 for what is none, which is before all. */
function toOrder(after: string | undefined): number {
  const order = Number(after ?? 0)
  return Number.isSafeInteger(order) && order > 0 ? order : 0
}

/** A position that lies in no history. */
const restarted = { id: null, position: ['', 0] as const, replay: 0, presence: undefined }

function toKept({ channel }: ChannelRef, { offset, name, data, at }: Publication): Kept {
  const kept = [offset as number, name, JSON.parse(data) as unknown, at] as const
  return isBinary(channel, name) ? [...kept, 'base64'] : kept
}

function encodeFor(hub: Hub, connection: MemberConnection, publication: Publication): Packet {
  if (!isExcepted(publication, connection)) return encodePublication(hub, publication)
  return encodeSkip(hub.nameJson, publication.offset as number)
}

function toJoined(start: Start, presence: readonly PresentMember[] | undefined): Joined {
  return {
    ...(start.position && { position: start.position, top: start.top }),
    ...(start.recovered !== undefined && { recovered: start.recovered }),
    ...(start.reason && { reason: start.reason }),
    ...(presence && { presence }),
  }
}
