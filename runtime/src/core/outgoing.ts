import type { Connection } from './connection.js'
import { Lag } from './lag.js'
import type { Packet } from './packet.js'
import type { Slack } from './slack.js'
import type { Transport } from './transport.js'

/** What may wait for one open connection, and for how much there is room. It does not know why it is sent. */
export class Outgoing {
  readonly #connection: Connection
  readonly #transport: Transport
  /** Made with the first packet that has slack. */
  #lag: Lag | undefined

  constructor(connection: Connection, transport: Transport) {
    this.#connection = connection
    this.#transport = transport
  }

  /** Bytes that may still be sent before the connection is taken to be too slow. */
  get roomBytes(): number {
    return Math.max(0, this.#connection.core.limits.maxBufferedBytes - this.#transport.bufferedBytes)
  }

  /** Settles when what was sent so far has left; undefined when there is room for more now. */
  room(): Promise<void> | undefined {
    if (this.#transport.bufferedBytes <= this.#connection.core.limits.maxUnsentBytes) return undefined
    return new Promise((resolve) => this.#transport.whenDrained(resolve))
  }

  /** Whether the packet is not to be sent now: the connection does not keep up. */
  isTaken(packet: Packet, slack: Slack): boolean {
    this.#lag ??= this.#createLag()
    return this.#lag.take(packet, slack)
  }

  #createLag(): Lag {
    const { limits, counters, observer } = this.#connection.core
    return new Lag({
      transport: this.#transport,
      limits,
      counters,
      overflow: () => this.#connection.overflow(),
      dropped: (policy) => observer?.dropped?.(this.#connection, policy),
    })
  }
}
