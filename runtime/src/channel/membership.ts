import type { Packet } from '../core/packet.js'
import type { PresenceEntry, Publication } from '../engine/engine.js'
import type { JoinOptions } from './join-options.js'

/** The connection as a channel sees it: somebody who can be sent packets. */
export interface MemberConnection {
  readonly id: string
  /** The part of the identifier that stays over reconnects. */
  readonly origin: string
  /** What the application does with what happens to it. */
  readonly handlers?: object | undefined
  /** Bytes that may be sent now without its being too much at once. */
  readonly roomBytes: number
  /** Settles when there is room for more, or nobody to send to; undefined when there is room now. */
  room(): Promise<void> | undefined
  send(packet: Packet): void
}

/** Something that happened in a channel while a member was still reading its history. */
export type Held = { readonly packet: Packet; readonly publication?: Publication }

/**
 * Where a membership stands. `joining`: its history is being read, and what happens meanwhile is held back.
 * `live`: everything is sent at once. `ended`: nothing is sent any more.
 */
export type MembershipState =
  | { readonly phase: 'joining'; readonly held: Held[] }
  | { readonly phase: 'live' }
  | { readonly phase: 'ended' }

const live: MembershipState = { phase: 'live' }
const ended: MembershipState = { phase: 'ended' }

/** One connection in one channel. It knows what may be sent to whom and when; it does not know why. */
export class Membership {
  readonly connection: MemberConnection
  #state: MembershipState = { phase: 'joining', held: [] }
  /** The member as it is in the channel's presence, so that leaving has to be told; undefined when it is not. */
  entry: PresenceEntry | undefined = undefined
  /** Whether the engine has that entry: until then it is part of what the member is about to be told anyway. */
  isPresent = false
  /** Counts the times that history was read for this member; only the newest reading may answer. */
  reading = 0
  /** What the reading that is under way is for; undefined while there is none. */
  starting: JoinOptions | undefined = undefined
  /** The size of what was held back since the last time that nothing was. */
  #heldBytes = 0
  readonly #maxHeld: number
  /** Ends the connection, for a member that cannot be kept complete. */
  readonly overflow: () => void

  constructor(connection: MemberConnection, limits: { maxHeld: number; overflow: () => void }) {
    this.connection = connection
    this.#maxHeld = limits.maxHeld
    this.overflow = limits.overflow
  }

  get ended(): boolean {
    return this.#state.phase === 'ended'
  }

  /** Sends now, or holds back until the history is read. */
  deliver(packet: Packet, publication?: Publication): void {
    if (this.#state.phase === 'live') return this.connection.send(packet)
    if (this.#state.phase === 'ended') return
    this.#heldBytes += packet.bytes
    const isTooMuch = this.#state.held.length >= this.#maxHeld || this.#heldBytes > this.connection.roomBytes
    if (isTooMuch) return this.overflow()
    this.#state.held.push(publication === undefined ? { packet } : { packet, publication })
  }

  /** Begins to hold back again, for a member that has to catch up. */
  hold(): void {
    if (this.#state.phase !== 'live') return
    this.#state = { phase: 'joining', held: [] }
    this.#heldBytes = 0
  }

  /** The history is lost: what was held back of it has no meaning any more. */
  forget(): void {
    if (this.#state.phase !== 'joining') return
    const held = this.#state.held.filter(({ publication }) => (publication?.offset ?? null) === null)
    this.#state = { phase: 'joining', held }
  }

  /** Who is here is about to be read: what was held back of changes before that must not be told after it. */
  forgetChanges(): void {
    if (this.#state.phase !== 'joining') return
    const held = this.#state.held.filter(({ publication }) => publication !== undefined)
    this.#state = { phase: 'joining', held }
  }

  /** Sends what was held back, without what came from history already, and goes live. */
  release(lastOffset: number): void {
    if (this.#state.phase !== 'joining') return
    const held = this.#state.held
    this.#state = live
    for (const { packet, publication } of held) {
      const offset = publication?.offset ?? null
      if (offset === null || offset > lastOffset) this.connection.send(packet)
    }
  }

  end(): void {
    this.#state = ended
  }
}

type Audience = Pick<Publication, 'except' | 'to'>

/** Whether the publication is not for this connection, nor for those that follow it in its session. */
export function isExcepted({ except, to }: Audience, { origin }: MemberConnection): boolean {
  if (to !== undefined && !to.includes(origin)) return true
  return except?.includes(origin) ?? false
}

/** A long list is looked through once for each member: from here on it is worth a set. */
const longList = 16

/** Whom a publication is not for, made for asking about many members. */
export function toExclusion(publication: Audience): (connection: MemberConnection) => boolean {
  const { except = [], to = [] } = publication
  if (except.length + to.length < longList) return (connection) => isExcepted(publication, connection)
  const [out, only] = [new Set(except), publication.to && new Set(to)]
  return ({ origin }) => out.has(origin) || only?.has(origin) === false
}
