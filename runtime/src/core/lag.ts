import type { MutableCounters } from './counters.js'
import type { Limits } from './limits.js'
import type { Packet } from './packet.js'
import type { Slack } from './slack.js'
import type { Transport } from './transport.js'

/** What the lag of a connection works with. */
export interface LagParts {
  readonly transport: Transport
  readonly limits: Limits
  readonly counters: MutableCounters
  /** Ends the connection: too much is kept for it. */
  readonly overflow: () => void
  /** Told of what is not sent. */
  readonly dropped: (policy: Slack['policy']) => void
}

/**
 * What happens, while one connection does not keep up, to messages that need not all arrive. It knows packets and
 * their slack; it does not know what they say.
 */
export class Lag {
  readonly #parts: LagParts
  /** The newest packet of each key, in the order in which the keys came. */
  readonly #latest = new Map<string, Packet>()
  /** The size of these packets. */
  #bytes = 0

  constructor(parts: LagParts) {
    this.#parts = parts
  }

  /** False when the packet is to be sent: the connection keeps up. */
  take(packet: Packet, slack: Slack): boolean {
    if (!this.#isBehind() && this.#latest.size === 0) return false
    if (slack.policy === 'latest') this.#keep(packet, slack.key)
    else if (this.#isBehind()) this.#drop()
    else return false
    return true
  }

  #isBehind(): boolean {
    return this.#parts.transport.bufferedBytes > this.#parts.limits.maxUnsentBytes
  }

  #keep(packet: Packet, key: string): void {
    const former = this.#latest.get(key)
    this.#latest.set(key, packet)
    this.#bytes += packet.bytes - (former?.bytes ?? 0)
    if (former !== undefined) this.#replace()
    else if (this.#latest.size === 1) this.#wait()
    if (this.#isTooMuch()) this.#parts.overflow()
  }

  #isTooMuch(): boolean {
    const { limits, transport } = this.#parts
    const bytes = this.#bytes + transport.bufferedBytes
    return this.#latest.size > limits.maxHeld || bytes > limits.maxBufferedBytes
  }

  #drop(): void {
    this.#parts.counters.dropped++
    this.#parts.dropped('drop')
  }

  #replace(): void {
    this.#parts.counters.replaced++
    this.#parts.dropped('latest')
  }

  #wait(): void {
    this.#parts.transport.whenDrained(() => this.#flush())
  }

  #flush(): void {
    for (const [key, packet] of this.#latest) {
      if (this.#isBehind()) return this.#wait()
      this.#latest.delete(key)
      this.#bytes -= packet.bytes
      this.#parts.counters.sent++
      this.#parts.transport.send(packet)
    }
  }
}
