import {
  type ErrorBody,
  type Joined,
  type Position,
  type PresenceChange,
  type SubscribeOptions,
  WirepactError,
} from '@wirepact/protocol'
import type { ChannelStatus, Gap, PublicationInfo, Status } from '../../types.js'
import type { Core } from '../core.js'
import { Listeners } from '../listeners/listeners.js'
import { resume } from './resume.js'
import { Roster } from './roster.js'

/** What the user wants, whatever the connection does meanwhile. */
export type Intent = Pick<SubscribeOptions, 'presence'> & {
  /** Where to begin; the place where the channel stands goes before it. */
  readonly since?: Position
}

/** What is delivered. */
export interface Publication {
  readonly name: string
  readonly data: unknown
  readonly info: PublicationInfo
}

/**
 * Knows whether this connection is a member of one channel, whether it is meant to be, and where it stands in
 * the channel's history. Decides what is delivered.
 */
export class Membership {
  readonly name: string
  readonly publications: Listeners<[Publication]>
  readonly statuses: Listeners<[ChannelStatus]>
  readonly gaps: Listeners<[Gap]>
  readonly roster: Roster
  /** What the client itself wants; nothing where the server alone decides. */
  intent: Intent | undefined
  /** How many unsubscriptions are unanswered: what the server says by itself is older than they are. */
  leaving = 0
  readonly #core: Core
  #status: ChannelStatus = { state: 'idle' }
  /** The subscription that is unanswered: an answer to an older one has no meaning any more. */
  #generation: object | undefined
  /** Whether the server has confirmed the membership on this link. */
  #member = false
  #position: Position | undefined
  #top = 0
  /** Whether the channel keeps the newest values alone, so that offsets have holes. */
  #isLatest = false

  constructor(name: string, core: Core) {
    const { report } = core
    this.name = name
    this.publications = new Listeners(report)
    this.statuses = new Listeners(report)
    this.gaps = new Listeners(report)
    this.roster = new Roster(report)
    this.#core = core
  }

  get status(): ChannelStatus {
    return this.#status
  }

  get position(): Position | undefined {
    return this.#position
  }

  /** Where to begin, unless the channel stands somewhere already. */
  beginAt(position: Position | undefined): void {
    this.#position ??= position
  }

  /** Whether this connection is a member, or has asked to be one. */
  get isKnown(): boolean {
    return this.#member || this.#generation !== undefined
  }

  /** The server's own code has made this connection a member. */
  joined(joined: Joined): void {
    if (!this.#isAsking) this.#join(joined)
  }

  /** The server has ended the membership, by its own code or for a reason; an answer is still to come. */
  left(error?: ErrorBody): void {
    if (this.#isAsking) return
    this.leave()
    if (error) this.#refuse(WirepactError.fromBody(error))
  }

  publication(name: string, data: unknown, offset: number | null): void {
    if (!this.#member || (offset !== null && !this.#advance(offset))) return
    const info = { offset, replayed: offset !== null && offset <= this.#top }
    this.publications.emit({ name, data, info })
  }

  /** A publication that is not for this connection. */
  skip(offset: number): void {
    if (this.#member) this.#advance(offset)
  }

  /** Changes since the last snapshot; one that is on its way has them already. */
  presence(changes: readonly PresenceChange[]): void {
    if (this.#member && !this.#generation) this.roster.apply(changes)
  }

  /** The connection is in another state. When the link is gone, the position stays, for the next one. */
  changed(state: Status['state']): void {
    if (state === 'open' && this.intent) this.subscribe()
    if (state !== 'waiting' && state !== 'closed') return
    this.#generation = undefined
    this.#member = false
    const isToCome = this.intent && !this.#core.connection.closed
    this.#change({ state: isToCome ? 'joining' : 'idle' })
  }

  /** Whether an answer is to come, which says more than what the server says meanwhile. */
  get #isAsking(): boolean {
    return this.#generation !== undefined || this.leaving > 0
  }

  /** Asks to be a member, or to catch up. */
  subscribe(): void {
    const { outbox, connection } = this.#core
    const { state } = connection.status
    if (state !== 'closed') this.#change({ state: 'joining' })
    if (state !== 'open') return
    const generation = {}
    this.#generation = generation
    const options = { ...this.intent, ...(this.#position && { position: this.#position }) }
    outbox.ask(
      (id) => ['subscribe', id, this.name, options],
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
    this.#isLatest = joined.latest === true
    if (joined.presence || joined.count) this.roster.reset(joined.presence ?? [], joined.count)
    this.#change({ state: 'joined', position })
    if (from && reason) this.gaps.emit({ reason, from, to: position })
  }

  /** The intent stays: the next connection asks again. */
  #refuse(error: WirepactError): void {
    this.#member = false
    this.#core.tell(error)
    this.#change({ state: 'refused', error })
  }

  /** Is a member no more. */
  leave(): void {
    this.#generation = undefined
    this.#member = false
    this.#position = undefined
    this.roster.reset([])
    this.#change({ state: 'idle' })
  }

  /** Whether `offset` is the next one. One that is too high shows a loss: what is missing is asked for. */
  #advance(offset: number): boolean {
    if (this.#generation) return false
    if (!this.#position) return true
    const [epoch, last] = this.#position
    const isNext = this.#isLatest ? offset > last : offset === last + 1
    if (isNext) this.#position = [epoch, offset]
    else if (offset > last) this.subscribe()
    return isNext
  }

  #change(status: ChannelStatus): void {
    const isNews = status.state !== this.#status.state
    this.#status = status
    if (isNews) this.statuses.emit(status)
  }
}
