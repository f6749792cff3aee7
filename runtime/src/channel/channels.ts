import {
  type HistoryPage,
  type HistoryQuery,
  type Joined,
  type Kept,
  type MaybePromise,
  WirepactError,
} from '@wirepact/protocol'
import type { HookName } from '../core/channel-hooks.js'
import type { Environment } from '../core/environment.js'
import type { Limits } from '../core/limits.js'
import { observe } from '../core/observe.js'
import type { ObservedStart, Observer } from '../core/observer.js'
import { Packet } from '../core/packet.js'
import type { Appended, Draft, Engine, Publication } from '../engine/engine.js'
import { Attendance } from './attendance.js'
import { type ChannelRef, toObservedChannel } from './channel-ref.js'
import { isBinary } from './encode.js'
import { readHistoryPage } from './history-page.js'
import type { Hub } from './hub.js'
import { Hubs } from './hubs.js'
import type { JoinOptions } from './join-options.js'
import { isExcepted, type MemberConnection, Membership } from './membership.js'
import { readStart, type Start } from './recovery.js'
import { sendKept } from './send-kept.js'

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
  /** Called when the life of a channel on this server begins or ends, or when it has nothing that is so now. */
  readonly hook: (name: HookName, ref: ChannelRef, connection: MemberConnection) => void
}

/** All that can be done with channels. It knows members, history and presence; it does not know routes or sockets. */
export class Channels {
  readonly #engine: Engine
  readonly #environment: Environment
  readonly #limits: Limits
  readonly #observer: Observer | undefined
  readonly #hook: ChannelsParts['hook']
  readonly hubs: Hubs
  readonly attendance: Attendance

  constructor(parts: ChannelsParts) {
    this.#engine = parts.engine
    this.#environment = parts.environment
    this.#limits = parts.limits
    this.#observer = parts.observer
    this.#hook = parts.hook
    this.hubs = new Hubs(parts.engine, {
      failed: (error, channel) => this.#report(error, channel),
      cleared: (hub) => this.#restart(hub),
      changed: (hub) => this.attendance.changed(hub),
      interrupted: parts.interrupted,
      unclaimed: parts.unclaimed,
      ...(parts.observer?.delivered && { delivered: parts.observer.delivered }),
    })
    this.attendance = new Attendance({ ...parts, hubs: this.hubs })
  }

  /** Appends and fans out, or, for what is not kept, sends. Answers what the engine does. */
  publish(ref: ChannelRef, draft: Draft, kept: boolean): MaybePromise<Appended | boolean> {
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
      await this.attendance.enter(hub, membership, options)
      await this.#start(ref, { hub, membership }, options)
    } catch (error) {
      if (!membership.ended) await this.#end(hub, membership)
      throw error
    }
    this.#opened(hub, membership)
    return !membership.ended
  }

  /** Sends a member what it missed since `position`, or the reason why it cannot be had. False for no member. */
  async resync(ref: ChannelRef, connection: MemberConnection, options: JoinOptions): Promise<boolean> {
    const member = this.#find(ref.name, connection)
    if (member === undefined) return false
    try {
      await this.#start(ref, member, options)
    } catch (error) {
      // What is held back for it would never be told: it has to come back.
      member.membership.overflow()
      throw error
    }
    return true
  }

  isMember(name: string, connection: MemberConnection): boolean {
    return this.#find(name, connection) !== undefined
  }

  /** Ends a membership. False when there was none. */
  async leave(name: string, connection: MemberConnection): Promise<boolean> {
    const member = this.#find(name, connection)
    if (member === undefined) return false
    await this.#end(member.hub, member.membership)
    return true
  }

  /** Ends a membership whose connection was lost: the others may be told later, or never. */
  async lose(name: string, connection: MemberConnection): Promise<void> {
    const member = this.#find(name, connection)
    if (member === undefined) return
    this.#remove(member.hub, member.membership)
    await this.attendance.lose(member.hub, member.membership)
  }

  /** Replaces a member's metadata. False when it is no member. */
  async update(name: string, connection: MemberConnection, presence: string): Promise<boolean> {
    const member = this.#find(name, connection)
    return member !== undefined && this.attendance.update(member.hub, member.membership, presence)
  }

  /** A member belongs to another user from now on. */
  async setUser(name: string, connection: MemberConnection, user: string): Promise<void> {
    const member = this.#find(name, connection)
    if (member !== undefined) await this.attendance.setUser(member.hub, member.membership, user)
  }

  /** A page of what is kept, or of what of it is for `reader`. Throws `NO_HISTORY` on a channel that keeps none. */
  async history(ref: ChannelRef, query: HistoryQuery, reader?: MemberConnection): Promise<HistoryPage> {
    const retention = ref.channel.retention
    if (retention === undefined)
      throw new WirepactError('NO_HISTORY', `The channel ${ref.name} keeps no history.`)
    const { page, more } = await readHistoryPage(
      {
        read: (part) => this.#engine.read(ref.name, part, retention),
        maxPage: this.#limits.maxHistoryPage,
        ...(reader && { isFor: (publication) => !isExcepted(publication, reader) }),
      },
      query,
    )
    const { epoch, offset } = page
    return { epoch, offset, more, publications: page.publications.map((kept) => toKept(ref, kept)) }
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

  #publish(ref: ChannelRef, draft: Draft, kept: boolean): MaybePromise<Appended | boolean> {
    const { retention } = ref.channel
    if (!kept || retention === undefined) return this.#engine.send(ref.name, draft)
    return this.#engine.append(ref.name, draft, retention)
  }

  #find(name: string, connection: MemberConnection): Member | undefined {
    const hub = this.hubs.find(name)
    const membership = hub?.find(connection)
    return hub === undefined || membership === undefined ? undefined : { hub, membership }
  }

  #requireRoom(name: string): void {
    const { maxServerChannels } = this.#limits
    if (this.hubs.size < maxServerChannels || this.hubs.find(name) !== undefined) return
    throw new WirepactError('TOO_MANY_CHANNELS', 'The server has as many channels as it may have.')
  }

  async #start(ref: ChannelRef, { hub, membership }: Member, options: JoinOptions): Promise<void> {
    const reading = ++membership.reading
    membership.starting = options
    membership.hold()
    const { channel, name } = ref
    const { position, replay } = options
    const { maxRecovered } = this.#limits
    const { connection } = membership
    const request = { channel, name, position, replay, maxRecovered, connection }
    const start = await readStart(this.#engine, request)
    membership.forgetChanges()
    const presence = await this.#readPresence(ref)
    if (membership.ended || membership.reading !== reading) return
    this.#observer?.started?.(toObservedChannel(ref), toObservedStart(start))
    connection.send(Packet.of(['joined', options.id, ref.name, toJoined(ref, start, presence)]))
    membership.starting = undefined
    const sending = sendKept(hub, membership, start.publications)
    if (sending === undefined) membership.release(start.top)
    else this.#releaseLater(ref, membership, { sending, top: start.top })
    if (ref.channel.retention?.latest && start.isEmpty) this.#hook('missing', ref, connection)
  }

  #releaseLater(
    { name }: ChannelRef,
    membership: Membership,
    { sending, top }: { readonly sending: Promise<boolean>; readonly top: number },
  ): void {
    const release = (isSent: boolean) => isSent && membership.release(top)
    sending.then(release).catch((error: unknown) => {
      this.#report(error, name)
      membership.overflow()
    })
  }

  async #readPresence(ref: ChannelRef): Promise<Pick<Joined, 'presence' | 'count'>> {
    if (!ref.channel.hasPresence) return {}
    if (ref.channel.definition.roster?.show === 'count') return { count: await this.attendance.count(ref) }
    return { presence: await this.attendance.members(ref) }
  }

  #opened(hub: Hub, membership: Membership): void {
    if (hub.isOpen || membership.ended) return
    hub.isOpen = true
    this.#hook('firstJoin', hub.ref, membership.connection)
  }

  async #end(hub: Hub, membership: Membership): Promise<void> {
    this.#remove(hub, membership)
    await this.attendance.leave(hub, membership)
  }

  #remove(hub: Hub, membership: Membership): void {
    hub.remove(membership)
    this.hubs.release(hub)
    if (hub.size > 0) return
    this.attendance.released(hub)
    if (!hub.isOpen) return
    hub.isOpen = false
    this.#hook('lastLeave', hub.ref, membership.connection)
  }

  #report(error: unknown, channel: string): void {
    this.#environment.logger.error({ error, channel }, 'The engine failed a channel.')
  }
}

/** Without a position there is nothing to recover. */
function toObservedStart({ recovered, reason }: Start): ObservedStart {
  return recovered === true ? 'recovered' : (reason ?? 'fresh')
}

/** A position that lies in no history. */
const restarted = { id: null, position: ['', 0] as const, replay: 0, presence: undefined }

function toKept({ channel }: ChannelRef, { offset, name, data, at }: Publication): Kept {
  const kept = [offset as number, name, JSON.parse(data) as unknown, at] as const
  return isBinary(channel, name) ? [...kept, 'base64'] : kept
}

function toJoined(
  { channel }: ChannelRef,
  start: Start,
  presence: Pick<Joined, 'presence' | 'count'>,
): Joined {
  return {
    ...(start.position && { position: start.position, top: start.top }),
    ...(start.recovered !== undefined && { recovered: start.recovered }),
    ...(start.reason && { reason: start.reason }),
    ...(channel.retention?.latest && { latest: true as const }),
    ...presence,
  }
}
