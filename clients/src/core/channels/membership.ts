import {
  type ErrorBody,
  type Joined,
  type Member,
  type Position,
  type PresenceChange,
  type SubscribeOptions,
  WirepactError,
} from '@wirepact/protocol'
import type { ChannelStatus, Gap, PublicationInfo } from '../../types.js'
import type { Calls } from '../calls/calls.js'
import type { Connection } from '../connection/connection.js'
import { resume } from './resume.js'

export interface MembershipPorts {
  readonly calls: Calls
  readonly connection: Connection
}

/** Takes what a membership has found out; in this order where several things are found out at once. */
export interface MembershipListener {
  /** Who is here, as of now. */
  present(members: readonly Member[]): void
  presenceChanged(changes: readonly PresenceChange[]): void
  changed(status: ChannelStatus): void
  missed(gap: Gap): void
  published(name: string, data: unknown, info: PublicationInfo): void
}

/** What the user wants, whatever the connection does meanwhile. */
export type Intent = Pick<SubscribeOptions, 'presence'>

/**
 * Knows whether this connection is a member of one channel, whether it is meant to be, and where it stands in
 * the channel's history. Decides what is delivered; knows nothing of who listens.
 */
export class Membership {
  readonly #name: string
  readonly #ports: MembershipPorts
  readonly #listener: MembershipListener
  #status: ChannelStatus = { state: 'idle' }
  #intent: Intent | undefined
  /** The subscription that is unanswered: an answer to an older one has no meaning any more. */
  #generation: object | undefined
  /** The unsubscriptions that are unanswered: what the server says by itself is older than they are. */
  readonly #leaving = new Set<object>()
  /** Whether the server has confirmed the membership on this link. */
  #member = false
  #position: Position | undefined
  #top = 0

  constructor(name: string, ports: MembershipPorts, listener: MembershipListener) {
    this.#name = name
    this.#ports = ports
    this.#listener = listener
  }

  get status(): ChannelStatus {
    return this.#status
  }

  get position(): Position | undefined {
    return this.#position
  }

  /** Wants the membership from now on. Metadata of one that stands already is for the server to change. */
  want(intent: Intent): void {
    this.#intent = intent
    if (!this.#member && !this.#generation) this.#subscribe()
  }

  /** Wants it no more. Resolves when the server has confirmed that, or can no longer be asked. */
  unwant(): Promise<void> {
    const { calls, connection } = this.#ports
    const isKnown = this.#member || this.#generation
    this.#intent = undefined
    this.#leave()
    if (!isKnown || connection.status.state !== 'open') return Promise.resolve()
    const leaving = {}
    this.#leaving.add(leaving)
    return new Promise((resolve) => {
      const answered = () => {
        this.#leaving.delete(leaving)
        resolve()
      }
      calls.ask((id) => ['unsubscribe', id, this.#name], answered)
    })
  }

  /** The server's own code has made this connection a member. */
  joined(joined: Joined): void {
    if (!this.#isAsking) this.#join(joined)
  }

  /** The server has ended the membership, by its own code or for a reason; an answer is still to come. */
  left(error?: ErrorBody): void {
    if (this.#isAsking) return
    this.#leave()
    if (error) this.#refuse(WirepactError.fromBody(error))
  }

  publication(name: string, data: unknown, offset: number | null): void {
    if (!this.#member || (offset !== null && !this.#advance(offset))) return
    this.#listener.published(name, data, { offset, replayed: offset !== null && offset <= this.#top })
  }

  /** A publication that is not for this connection. */
  skip(offset: number): void {
    if (this.#member) this.#advance(offset)
  }

  /** Changes since the last snapshot; one that is on its way has them already. */
  presence(changes: readonly PresenceChange[]): void {
    if (this.#member && !this.#generation) this.#listener.presenceChanged(changes)
  }

  opened(): void {
    if (this.#intent) this.#subscribe()
  }

  /** The link is gone; the position stays, for the next one. */
  lost(): void {
    this.#generation = undefined
    this.#leaving.clear()
    this.#member = false
    const isToCome = this.#intent && this.#ports.connection.status.state !== 'closed'
    this.#change({ state: isToCome ? 'joining' : 'idle' })
  }

  /** Whether an answer is to come, which says more than what the server says meanwhile. */
  get #isAsking(): boolean {
    return this.#generation !== undefined || this.#leaving.size > 0
  }

  #subscribe(): void {
    const { calls, connection } = this.#ports
    const { state } = connection.status
    if (state !== 'closed') this.#change({ state: 'joining' })
    if (state !== 'open') return
    const generation = {}
    this.#generation = generation
    const options = { ...this.#intent, ...(this.#position && { position: this.#position }) }
    calls.ask(
      (id) => ['subscribe', id, this.#name, options],
      (error, joined) => {
        if (this.#generation !== generation) return
        this.#generation = undefined
        if (error) this.#refuse(error)
        else this.#join(joined as Joined)
      },
    )
  }

  /** What was missed is told before anything that follows is delivered. */
  #join(joined: Joined): void {
    const from = this.#position
    const { position, reason } = resume(from, joined)
    this.#position = position
    this.#top = joined.top ?? 0
    this.#member = true
    if (joined.presence) this.#listener.present(joined.presence)
    this.#change({ state: 'joined', position })
    if (from && reason) this.#listener.missed({ reason, from, to: position })
  }

  /** The intent stays: the next connection asks again. */
  #refuse(error: WirepactError): void {
    this.#member = false
    this.#change({ state: 'refused', error })
  }

  #leave(): void {
    this.#generation = undefined
    this.#member = false
    this.#position = undefined
    this.#listener.present([])
    this.#change({ state: 'idle' })
  }

  /** Whether `offset` is the next one. One that is too high shows a loss: what is missing is asked for. */
  #advance(offset: number): boolean {
    if (this.#generation) return false
    if (!this.#position) return true
    const [epoch, last] = this.#position
    const isNext = offset === last + 1
    if (isNext) this.#position = [epoch, offset]
    else if (offset > last) this.#subscribe()
    return isNext
  }

  #change(status: ChannelStatus): void {
    const isNews = status.state !== this.#status.state
    this.#status = status
    if (isNews) this.#listener.changed(status)
  }
}
