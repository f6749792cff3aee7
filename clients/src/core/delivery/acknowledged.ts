import { encodeFrame, type Timer, toWirepactError, WirepactError } from '@wirepact/protocol/client'
import { deliveryDefaults } from '../../options.js'
import type { SendOptions, Sent, Status, Stop } from '../../types.js'
import { limit } from '../connection/limit.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames.js'

/** One event that the server has not said to have handled. */
interface Kept {
  readonly name: string
  readonly data: unknown
  sequence: number
  failed(error: WirepactError): void
  /** Stops what could give up on it. */
  stop?: Stop
}

/** The feature `acknowledged`: events that are kept until the server has handled them. */
export function acknowledged(core: Core): void {
  new Acknowledged(core).install()
}

/**
 * Events in the order in which they were said, kept until they are acknowledged, and sent again on every new
 * connection. Where the server has forgotten the session, they are numbered anew within the next one: nothing is
 * lost, but what was handled without the client's having heard of it is handled again.
 */
class Acknowledged {
  readonly #core: Core
  /** In order of their sequence. */
  readonly #kept: Kept[] = []
  /** How many of them were sent on this connection. */
  #sent = 0
  #last = 0
  #isOpen = false
  #session: string | undefined
  /** Runs while the network has no room. */
  #timer: Timer
  /** What the server said to have handled when it welcomed the client. */
  #handledBefore = 0

  constructor(core: Core) {
    this.#core = core
  }

  install(): void {
    const { frames, make, statuses } = this.#core
    const { welcome } = frames
    const own: Frames = {
      ack: (sequence) => this.#acked(sequence),
      welcome: (said) => {
        this.#handledBefore = said.acked ?? 0
        welcome?.(said)
      },
    }
    Object.assign(frames, own)
    make.acknowledged = (name) => (data: unknown, options?: SendOptions) => this.#say({ name, data }, options)
    statuses.add((status) => this.#changed(status))
  }

  #acked(sequence: number): void {
    this.#handled(sequence)
    this.#flush()
  }

  #changed(status: Status): void {
    const { closed } = this.#core
    this.#clear()
    // Who was told before may have closed it already.
    this.#isOpen = status.state === 'open' && this.#core.status === status
    if (status.state === 'open') this.#open(status.session)
    else this.#sent = 0
    if (!closed) return
    for (const kept of this.#kept.splice(0)) {
      kept.stop?.()
      kept.failed(closed)
    }
  }

  #open(session: string): void {
    if (session === this.#session) this.#handled(this.#handledBefore)
    else this.#begin(session)
    this.#flush()
  }

  #say({ name, data }: Pick<Kept, 'name' | 'data'>, { ttlMs = 0, signal }: SendOptions = {}): Sent {
    let refusal: WirepactError | undefined
    try {
      this.#admit()
      const kept: Kept = {
        name,
        data: copy(data),
        sequence: this.#last + 1,
        failed: (error) => (refusal = error),
      }
      kept.stop = limit(this.#core.clock, { timeoutMs: ttlMs, signal }, (error) => this.#giveUp(kept, error))
      this.#last = this.#kept.push(kept) && kept.sequence
      this.#flush()
      kept.failed = ({ code, message }) => this.#core.tell(new WirepactError(code, message, { name }))
      if (!refusal) return { outcome: this.#sent === this.#kept.length ? 'sent' : 'queued' }
      this.#last -= 1
      throw refusal
    } catch (thrown) {
      return { outcome: 'refused', error: toWirepactError(thrown) }
    }
  }

  #admit(): void {
    const { closed, maxUnacknowledged = deliveryDefaults.maxUnacknowledged } = this.#core
    if (closed) throw closed
    if (this.#kept.length < maxUnacknowledged) return
    throw new WirepactError('BUFFER_OVERFLOW')
  }

  /** The server knows nothing of any that is kept. */
  #begin(session: string | undefined): void {
    this.#session = session
    this.#last = 0
    for (const kept of this.#kept) kept.sequence = ++this.#last
  }

  #handled(sequence: number): void {
    let count = 0
    while ((this.#kept[count]?.sequence ?? Infinity) <= sequence) count += 1
    for (const kept of this.#kept.splice(0, count)) kept.stop?.()
    this.#sent = Math.max(0, this.#sent - count)
  }

  /** Whether one that was sent has been handled is then not known. */
  #giveUp(kept: Kept, error: WirepactError): void {
    const at = this.#kept.indexOf(kept)
    if (at < 0) return
    this.#kept.splice(at, 1)
    if (at < this.#sent) this.#sent -= 1
    kept.stop?.()
    kept.failed(error)
  }

  /** Sends those that were not sent on this connection, as far as the network takes them. */
  #flush(): void {
    while (this.#isOpen && this.#sent < this.#kept.length) {
      const kept = this.#kept[this.#sent] as Kept
      const error = this.#send(kept)
      if (error?.code === 'BUFFER_OVERFLOW') return this.#tryLater()
      if (error) this.#kept.splice(this.#sent, 1)
      else this.#sent += 1
      if (error) kept.stop?.()
      if (error) kept.failed(error)
    }
  }

  /** Nobody says when the network has room again. */
  #tryLater(): void {
    const { clock } = this.#core
    this.#clear()
    this.#timer = clock.startTimer(() => this.#flush(), deliveryDefaults.roomAfterMs)
  }

  #clear(): void {
    this.#core.clock.stopTimer(this.#timer)
  }

  #send({ name, data, sequence }: Kept): WirepactError | undefined {
    const { encode, send } = this.#core
    try {
      send(encode(['event', name, data, sequence]))
      return undefined
    } catch (thrown) {
      return toWirepactError(thrown)
    }
  }
}

/** The data as it is when it is said. */
function copy(data: unknown): unknown {
  if (data instanceof Uint8Array) return data.slice()
  return JSON.parse(encodeFrame(['event', '', data]))[2]
}
