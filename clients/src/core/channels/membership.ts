import { type Joined, type Position, type SubscribeOptions, WirepactError } from '@wirepact/protocol'
import type { ChannelStatus, Gap, PublicationInfo } from '../../types.js'
import type { Calls } from '../calls/calls.js'
import type { Connection } from '../connection/connection.js'
import { resume } from './recovery.js'

export interface MembershipPorts {
  readonly calls: Calls
  readonly connection: Connection
}

export interface MembershipListener {
  changed(status: ChannelStatus): void
  /** Who is here, as of now. */
  present(members: NonNullable<Joined['presence']>): void
  missed(gap: Gap): void
  published(name: string, data: unknown, info: PublicationInfo): void
  /** Takes the error of a subscription that nobody waits for. */
  tell(error: WirepactError): void
}

/** What the user wants, whatever the connection does meanwhile. */
type Intent = Pick<SubscribeOptions, 'presence'>

interface Waiter {
  readonly promise: Promise<void>
  resolve(): void
  reject(error: WirepactError): void
}

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
  /** The subscription that is being answered: an answer to an older one has no meaning any more. */
  #generation: object | undefined
  /** Whether the server has confirmed the membership on this link. */
  #member = false
  #position: Position | undefined
  #top = 0
  #waiter: Waiter | undefined

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

  /** Wants the membership from now on. Metadata other than before is sent to the server at once. */
  want(intent: Intent): void {
    const news = this.#intent?.presence !== intent.presence
    this.#intent = intent
    if (news || (!this.#member && this.#generation === undefined)) this.#subscribe()
  }

  /** Wants it, and resolves when it is there. Whoever does not wait for it has the status. */
  subscribe(intent: Intent): Promise<void> {
    const { closed } = this.#ports.connection
    if (closed) return Promise.reject(closed)
    this.#waiter ??= createWaiter()
    const { promise } = this.#waiter
    this.want(intent)
    if (this.#member && this.#generation === undefined) this.#settle()
    return promise
  }

  /** Resolves when the server has confirmed it, or can no longer be asked. */
  unsubscribe(): Promise<void> {
    const { calls, connection } = this.#ports
    const asked = this.#member || this.#generation !== undefined
    this.#intent = undefined
    this.#leave()
    this.#settle(new WirepactError('ABORTED', 'The subscription was ended.'))
    if (!asked || connection.status.state !== 'open') return Promise.resolve()
    return new Promise((resolve) =>
      calls.ask(
        (id) => ['unsubscribe', id, this.#name],
        () => resolve(),
      ),
    )
  }

  /** The server's own code has made this connection a member. */
  joined(joined: Joined): void {
    if (this.#generation === undefined) this.#join(joined)
  }

  /** The server's own code has ended the membership; a subscription that is being answered comes after it. */
  left(): void {
    if (this.#generation === undefined) this.#leave()
  }

  publication(name: string, data: unknown, offset: number | null): void {
    if (!this.#member || (offset !== null && !this.#advance(offset))) return
    this.#listener.published(name, data, { offset, replayed: offset !== null && offset <= this.#top })
  }

  /** A publication that is not for this connection. */
  skip(offset: number): void {
    if (this.#member) this.#advance(offset)
  }

  /** Whether changes of presence refer to the last snapshot. */
  get settled(): boolean {
    return this.#member && this.#generation === undefined
  }

  opened(): void {
    if (this.#intent !== undefined) this.#subscribe()
  }

  /** The link is gone; the position stays, for the next one. */
  lost(): void {
    this.#generation = undefined
    this.#member = false
    this.#change({ state: this.#intent === undefined ? 'idle' : 'joining' })
  }

  closed(error: WirepactError): void {
    this.#intent = undefined
    this.lost()
    this.#settle(error)
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
    this.#settle()
  }

  #refuse(error: WirepactError): void {
    this.#member = false
    this.#change({ state: 'refused', error })
    if (this.#waiter) this.#settle(error)
    else this.#listener.tell(error)
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
    if (this.#generation !== undefined) return false
    if (this.#position === undefined) return true
    const [epoch, last] = this.#position
    if (offset === last + 1) this.#position = [epoch, offset]
    else if (offset > last) this.#subscribe()
    return offset === last + 1
  }

  #settle(error?: WirepactError): void {
    const waiter = this.#waiter
    this.#waiter = undefined
    if (error) waiter?.reject(error)
    else waiter?.resolve()
  }

  #change(status: ChannelStatus): void {
    const before = this.#status
    this.#status = status
    if (status.state !== before.state || status.state === 'joined') this.#listener.changed(status)
  }
}

function createWaiter(): Waiter {
  let settle: Omit<Waiter, 'promise'> | undefined
  const promise = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject }
  })
  promise.catch(() => undefined)
  return { promise, ...(settle as unknown as Omit<Waiter, 'promise'>) }
}
