import {
  type ErrorBody,
  fromErrorBody,
  type Joined,
  type Position,
  type PresenceChange,
  type SubscribeOptions,
  type WirepactError,
} from '@wirepact/protocol/client'
import type { Channel, ChannelStatus, Gap, PublicationInfo, Status } from '../../types.js'
import type { Core } from '../core.js'
import { createListeners } from '../listeners/listeners.js'
import { read } from './messages.js'
import { pages } from './pages.js'
import { createRoster, type Roster } from './roster.js'

/** What the user wants, whatever the connection does meanwhile. */
export type Intent = Pick<SubscribeOptions, 'presence'>

/** What is delivered. */
export interface Publication {
  readonly name: string
  readonly data: unknown
  readonly info: PublicationInfo
}

/** A channel of whatever messages. */
export type AnyChannel = Channel<Record<string, unknown>, unknown>

/** The membership of this connection in one channel. */
export interface Membership {
  /** What the user holds. */
  readonly channel: AnyChannel
  /** Who is in the channel as last known. */
  readonly roster: Roster
  /** Where the channel stands in its history, where it keeps one. */
  position?: Position | undefined
  /** What the client itself wants; nothing where the server alone decides. */
  intent?: Intent | undefined
  /** How many unsubscriptions are unanswered: what the server says by itself is older than they are. */
  leaving?: number

  /** Whether this connection is a member, or has asked to be one. */
  isKnown(): boolean
  /** The server's own code has made this connection a member. */
  joined(joined: Joined): void
  /** The server has ended the membership, by its own code or for a reason; an answer is still to come. */
  left(error?: ErrorBody): void
  publication(name: string, data: unknown, offset: number | null): void
  /** A publication that is not for this connection. */
  skip(offset: number): void
  /** Changes since the last snapshot; one that is on its way has them already. */
  presence(changes: readonly PresenceChange[]): void
  /** The connection is in another state. When the link is gone, the position stays, for the next one. */
  changed(status: Status): void
  /** Asks to be a member, or to catch up. */
  subscribe(): void
  /** Is a member no more. */
  leave(): void
}

/**
 * Knows whether this connection is a member of one channel, whether it is meant to be, and where it stands in
 * the channel's history. Decides what is delivered.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: what its short functions share stays among them, and so can be minified.
export function createMembership(name: string, core: Core): Membership {
  const { report } = core
  const publications = createListeners<[Publication]>(report)
  const statuses = createListeners<[ChannelStatus]>(report)
  const gaps = createListeners<[Gap]>(report)
  const roster = (core.createRoster ?? createRoster)(report)
  let status: ChannelStatus = { state: 'idle' }
  /** The subscription that is unanswered: an answer to an older one has no meaning any more. */
  let generation: object | undefined
  /** Whether the server has confirmed the membership on this link. */
  let isMember = false
  /** The last publication of those that were missed. */
  let lastOld: number | undefined
  /** Whether the channel keeps the newest values alone, so that offsets have holes. */
  let isLatest: boolean | undefined

  const change = (next: ChannelStatus) => {
    const isNews = next.state !== status.state
    status = next
    if (isNews) statuses.emit(next)
  }

  /** What was missed is told before anything that follows is delivered. */
  const join = ({ count, latest, position, presence, reason, recovered, top }: Joined) => {
    const from = own.position
    own.position = position
    lastOld = top
    isLatest = latest
    isMember = true
    if (from) {
      if (recovered === false || !position) reason ??= 'no-history'
      else if (position[0] !== from[0]) reason = 'epoch-changed'
      else if (position[1] > from[1] && !latest) reason = 'too-many'
      else own.position = from
    }
    roster.reset(presence, count)
    if (isMember) change({ state: 'joined', position: own.position })
    if (from && reason) gaps.emit({ reason, from, to: position })
  }

  /** The intent stays: the next connection asks again. */
  const refuse = (error: WirepactError) => {
    isMember = false
    core.tell(error)
    change({ state: 'refused', error })
  }

  /** Whether an answer is to come, which says more than what the server says meanwhile. */
  const isAsking = () => generation || own.leaving

  /** Whether `offset` is the next one. One that is too high shows a loss: what is missing is asked for. */
  const advance = (offset: number) => {
    if (generation || !isMember) return false
    if (!own.position) return true
    const [epoch, last] = own.position
    const isNext = isLatest ? offset > last : offset === last + 1
    if (isNext) own.position = [epoch, offset]
    else if (offset > last) subscribe()
    return isNext
  }

  const subscribe = () => {
    const { state } = core.status
    const asked = {}
    if (state === 'open') generation = asked
    if (state !== 'closed') change({ state: 'joining' })
    if (generation !== asked) return
    const { intent, position } = own
    core.ask(
      (id) => ['subscribe', id, name, { ...intent, position }],
      (error, joined) => {
        if (generation !== asked) return
        generation = undefined
        if (error) refuse(error)
        else join(joined as Joined)
      },
    )
  }

  const leave = () => {
    isMember = false
    generation = own.position = undefined
    roster.reset()
    change({ state: 'idle' })
  }

  const own: Membership = {
    channel: {
      name,
      get status() {
        return status
      },
      on: (wanted, listener) =>
        publications.add(({ name, data, info }) => name === wanted && listener(data, info)),
      presence: roster.presence as never,
      onStatus: statuses.add,
      onGap: gaps.add,
      messages: (options) => read(publications, core, options) as never,
      ...pages(name, core),
    },
    roster,
    isKnown: () => isMember || !!generation,
    joined(joined) {
      if (!isAsking()) join(joined)
    },
    left(error) {
      if (isAsking()) return
      leave()
      if (error) refuse(fromErrorBody(error))
    },
    publication(name, data, offset) {
      if (offset === null ? isMember : advance(offset))
        publications.emit({
          name,
          data,
          info: { offset, replayed: offset !== null && offset <= (lastOld as number) },
        })
    },
    skip: advance,
    presence(changes) {
      if (isMember && !generation) roster.apply(changes)
    },
    changed(status) {
      if (status.state === 'open' && own.intent) subscribe()
      if (!('cause' in status)) return
      generation = undefined
      isMember = false
      change({ state: own.intent && !core.closed ? 'joining' : 'idle' })
    },
    subscribe,
    leave,
  }
  return own
}
