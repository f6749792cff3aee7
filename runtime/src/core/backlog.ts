import type { Limits } from './limits.js'
import type { Packet } from './packet.js'
import type { Message } from './read-frame.js'

/** What waits while the connect handler runs, both ways. */
export class Backlog {
  /** Messages that came behind `hello`. */
  readonly messages: Message[] = []
  /** Packets that may not precede the welcome. */
  readonly packets: Packet[] = []
  /** The size of these packets. */
  packetBytes = 0
  readonly #limits: Limits

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /** False when there is no room for another message. */
  keepMessage(message: Message): boolean {
    if (this.messages.length >= this.#limits.maxPending) return false
    this.messages.push(message)
    return true
  }

  /** False when there is no room for another packet. */
  keepPacket(packet: Packet): boolean {
    const bytes = this.packetBytes + packet.bytes
    if (this.packets.length >= this.#limits.maxHeld || bytes > this.#limits.maxBufferedBytes) return false
    this.packetBytes = bytes
    this.packets.push(packet)
    return true
  }

  /** Settles when what waits may go, which is when the connection is `opened`; undefined when there is room for more. */
  room(opened: Promise<void> | undefined): Promise<void> | undefined {
    return this.packetBytes > this.#limits.maxUnsentBytes ? opened : undefined
  }
}
