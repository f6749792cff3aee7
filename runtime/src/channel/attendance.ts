import type { MembersPage, MembersQuery, Member as PresentMember, Timer } from '@wirepact/protocol'
import type { Environment } from '../core/environment.js'
import type { Limits } from '../core/limits.js'
import { Packet } from '../core/packet.js'
import type { Engine, EnteringEntry, PresenceEntry, PresentEntry, PresentUser } from '../engine/engine.js'
import type { ChannelRef } from './channel-ref.js'
import { Departures } from './departures.js'
import type { Hub } from './hub.js'
import type { Hubs } from './hubs.js'
import type { JoinOptions } from './join-options.js'
import type { Membership } from './membership.js'

/** What attendance is made of. */
export interface AttendanceParts {
  readonly engine: Engine
  readonly environment: Environment
  readonly limits: Limits
  readonly hubs: Hubs
}

type Entered = Pick<JoinOptions, 'presence' | 'user'>

/**
 * Who of this node is in which channel's presence, and for how long when the connection is lost. It knows the engine's
 * entries; it does not know what members are sent beside them.
 */
export class Attendance {
  readonly #engine: Engine
  readonly #environment: Environment
  readonly #limits: Limits
  readonly #hubs: Hubs
  readonly #departures: Departures
  /** By channel and entry, the timers of those who are waited for. */
  readonly #lingering = new Map<string, Timer>()

  constructor({ engine, environment, limits, hubs }: AttendanceParts) {
    this.#engine = engine
    this.#environment = environment
    this.#limits = limits
    this.#hubs = hubs
    this.#departures = new Departures({ engine, environment, limits })
  }

  /** How many are waited for whose connection was lost. */
  get lingering(): number {
    return this.#lingering.size
  }

  /** Puts a member into the presence, in the place of the one that its session had before. */
  async enter(hub: Hub, membership: Membership, { presence, user }: Entered): Promise<void> {
    if (presence === undefined || membership.ended) return
    const { connection } = membership
    const isHeld = hub.ref.channel.graceMs > 0
    const entry = {
      connection: isHeld ? connection.origin : connection.id,
      data: presence,
      ...(user !== undefined && { user }),
    }
    if (isHeld) this.#hold(hub, membership, entry)
    this.#departures.cancel(hub.name, entry.connection)
    await this.#put(hub, membership, entry)
    membership.isPresent = true
  }

  /** Replaces a member's metadata. False when it has none. */
  async update(hub: Hub, membership: Membership, presence: string): Promise<boolean> {
    if (membership.entry === undefined) return false
    await this.#put(hub, membership, { ...membership.entry, data: presence, isNews: true })
    return true
  }

  async setUser(hub: Hub, membership: Membership, user: string): Promise<void> {
    if (membership.entry !== undefined) await this.#put(hub, membership, { ...membership.entry, user })
  }

  /** Takes a member out that is gone for good. */
  async leave(hub: Hub, membership: Membership): Promise<void> {
    if (membership.entry === undefined || !this.#letGo(hub, membership, membership.entry)) return
    await this.#departures.leave(hub.name, membership.entry.connection)
  }

  /** Takes a member out whose connection was lost, once it has not come back for so long as the channel says. */
  async lose(hub: Hub, membership: Membership): Promise<void> {
    const { entry } = membership
    const { graceMs } = hub.ref.channel
    if (entry === undefined || !this.#letGo(hub, membership, entry)) return
    if (graceMs === 0 || this.#lingering.size >= this.#limits.maxLingering)
      return this.#departures.leave(hub.name, entry.connection)
    const key = toKey(hub.name, entry)
    const timer = this.#environment.clock.startTimer(() => {
      this.#lingering.delete(key)
      void this.#departures.leave(hub.name, entry.connection)
    }, graceMs)
    this.#lingering.set(key, timer)
  }

  /** All members of the channel, or users where those are its members. */
  async members(ref: ChannelRef): Promise<PresentMember[]> {
    return isByUser(ref)
      ? (await this.#engine.users(ref.name)).map(toUser)
      : (await this.#engine.members(ref.name)).map(toMember)
  }

  async page(ref: ChannelRef, { limit, after }: MembersQuery): Promise<MembersPage> {
    const order = toOrder(after)
    const query = { limit: limit + 1, ...(order > 0 && { after: order }) }
    const found: readonly (PresentUser | PresentEntry)[] = isByUser(ref)
      ? await this.#engine.users(ref.name, query)
      : await this.#engine.members(ref.name, query)
    const members = found.slice(0, limit)
    return {
      members: members.map((entry) => ('connection' in entry ? toMember(entry) : toUser(entry))),
      count: await this.count(ref),
      ...(found.length > limit && { next: String(members.at(-1)?.order ?? order) }),
    }
  }

  async count(ref: ChannelRef): Promise<number> {
    const { connections, users } = await this.#engine.count(ref.name)
    return ref.channel.definition.roster?.by === 'user' ? users : connections
  }

  /** Tells the members soon how many they are, once for all changes until then. */
  changed(hub: Hub): void {
    hub.counting ??= this.#environment.clock.startTimer(() => {
      hub.counting = undefined
      this.#tellCount(hub).catch((error: unknown) => {
        this.#environment.logger.error({ error, channel: hub.name }, 'The engine failed a channel.')
      })
    }, this.#limits.presenceCountIntervalMs)
  }

  /** Nobody is left to be told. */
  released(hub: Hub): void {
    this.#environment.clock.stopTimer(hub.counting)
    hub.counting = undefined
  }

  /** Waits for nobody any more: the engine takes out whoever goes with this node. */
  close(): void {
    this.#departures.close()
    for (const timer of this.#lingering.values()) this.#environment.clock.stopTimer(timer)
    this.#lingering.clear()
  }

  /** Tells the engine of an entry; undoes it when the member has gone before the engine had it. */
  async #put(hub: Hub, membership: Membership, entry: EnteringEntry): Promise<void> {
    const { isNews: _, ...kept } = entry
    membership.entry = kept
    await this.#engine.enter(hub.name, entry)
    const isMember = this.#hubs.find(hub.name)?.find(membership.connection) !== undefined
    if (!isMember && !this.#lingering.has(toKey(hub.name, entry))) await this.leave(hub, membership)
  }

  async #tellCount(hub: Hub): Promise<void> {
    const count = await this.count(hub.ref)
    hub.tell(Packet.of(['presence', hub.name, [['count', count]]]))
  }

  #hold(hub: Hub, membership: Membership, entry: PresenceEntry): void {
    hub.holders.set(entry.connection, membership)
    const key = toKey(hub.name, entry)
    this.#environment.clock.stopTimer(this.#lingering.get(key))
    this.#lingering.delete(key)
  }

  /** False when another connection of the session holds the entry now. */
  #letGo(hub: Hub, membership: Membership, entry: PresenceEntry): boolean {
    if (hub.ref.channel.graceMs === 0) return true
    const { holders } = this.#hubs.find(hub.name) ?? hub
    const holder = holders.get(entry.connection)
    if (holder !== undefined && holder !== membership) return false
    holders.delete(entry.connection)
    return true
  }
}

function toKey(channel: string, entry: PresenceEntry): string {
  return `${entry.connection}\0${channel}`
}

/** Where members see only how many they are, they have told nothing that a user could be known by. */
function isByUser({ channel }: ChannelRef): boolean {
  const { roster } = channel.definition
  return roster?.by === 'user' && roster.show === undefined
}

function toMember({ connection, data }: PresentEntry): PresentMember {
  return [connection, JSON.parse(data) as unknown]
}

function toUser({ user, data, connections }: PresentUser): PresentMember {
  return [user, JSON.parse(data) as unknown, connections]
}

/** The place in the order of members that a page went up to; 0 for what is none, which is before all. */
function toOrder(after: string | undefined): number {
  const order = Number(after ?? 0)
  return Number.isSafeInteger(order) && order > 0 ? order : 0
}
