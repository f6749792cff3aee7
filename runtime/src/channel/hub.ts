import type { Timer } from '@wirepact/protocol'
import type { Packet } from '../core/packet.js'
import type { PresenceEvent, Publication } from '../engine/engine.js'
import type { ChannelRef } from './channel-ref.js'
import { encodePresence, encodePublication, encodeSkip, encodeUser } from './encode.js'
import { type MemberConnection, type Membership, toExclusion } from './membership.js'

/**
 * One channel with its members on this node. It knows who gets what the engine tells; it does not know the
 * engine, nor how anybody becomes a member.
 */
export class Hub {
  readonly ref: ChannelRef
  readonly serial: number
  /** The name as JSON text, for putting frames together. */
  readonly nameJson: string
  /** On a channel that waits for those who were lost: by their entry, the members that are here. */
  readonly holders = new Map<string, Membership>()
  /** Runs until the members are told how many they are. */
  counting: Timer | undefined = undefined
  /** Whether the handlers were told that somebody is here. */
  isOpen = false
  /** Settles when the engine tells this node about the channel. */
  attached: Promise<void> | undefined = undefined
  readonly #members = new Map<MemberConnection, Membership>()

  /** `serial`: its number among all that this node has opened. */
  constructor(ref: ChannelRef, serial: number) {
    this.ref = ref
    this.serial = serial
    this.nameJson = JSON.stringify(ref.name)
  }

  get name(): string {
    return this.ref.name
  }

  get members(): Iterable<Membership> {
    return this.#members.values()
  }

  get size(): number {
    return this.#members.size
  }

  find(connection: MemberConnection): Membership | undefined {
    return this.#members.get(connection)
  }

  add(membership: Membership): void {
    this.#members.set(membership.connection, membership)
  }

  remove(membership: Membership): void {
    membership.end()
    if (this.#members.get(membership.connection) === membership) this.#members.delete(membership.connection)
  }

  /** Encodes once, and delivers to every member that it is for; the others learn that the offset is taken. */
  publication(publication: Publication): void {
    const packet = encodePublication(this, publication)
    if (publication.except !== undefined || publication.to !== undefined)
      return this.#deliverToSome(packet, publication)
    for (const membership of this.#members.values()) membership.deliver(packet, publication)
  }

  presence(event: PresenceEvent): void {
    const isByUser = this.ref.channel.definition.roster?.by === 'user'
    const packet = isByUser ? encodeUser(this.nameJson, event) : encodePresence(this.nameJson, event)
    if (packet === undefined) return
    for (const membership of this.#members.values()) {
      const isOwn = membership.entry?.connection === event.connection
      if (!isOwn || membership.isPresent || event.change === 'update') membership.deliver(packet)
    }
  }

  /** Something that is about all of them. */
  tell(packet: Packet): void {
    for (const membership of this.#members.values()) membership.deliver(packet)
  }

  /** How many members here a publication is for. */
  count(publication: Pick<Publication, 'except' | 'to'>): number {
    if (publication.except === undefined && publication.to === undefined) return this.#members.size
    const isExcluded = toExclusion(publication)
    let count = 0
    for (const connection of this.#members.keys()) if (!isExcluded(connection)) count++
    return count
  }

  #deliverToSome(packet: Packet, publication: Publication): void {
    const isExcluded = toExclusion(publication)
    const skip = publication.offset === null ? undefined : encodeSkip(this.nameJson, publication.offset)
    for (const membership of this.#members.values()) {
      if (!isExcluded(membership.connection)) membership.deliver(packet, publication)
      else if (skip !== undefined) membership.deliver(skip, publication)
    }
  }
}
