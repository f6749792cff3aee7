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
    const isFirst = this.#latest.size === 0
    if (this.#latest.has(key)) this.#replace()
    this.#latest.set(key, packet)
    if (this.#latest.size > this.#parts.limits.maxHeld) this.#parts.overflow()
    else if (isFirst) this.#wait()
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
      this.#parts.counters.sent++
      this.#parts.transport.send(packet)
    }
  }
}
