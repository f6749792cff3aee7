import type { Duplex } from 'node:stream'

/** Notices that a client has gone, or says no more, while it is decided whether it is let in. */
export class Departure {
  readonly #socket: Duplex
  readonly #gone = new AbortController()
  readonly #leave = () => this.#gone.abort()

  constructor(socket: Duplex) {
    this.#socket = socket
    // Nobody reads yet: an end is noticed all the same, because nothing comes before it.
    socket.once('end', this.#leave)
    socket.once('close', this.#leave)
  }

  get signal(): AbortSignal {
    return this.#gone.signal
  }

  /** Looks no more. */
  stop(): void {
    this.#socket.off('end', this.#leave)
    this.#socket.off('close', this.#leave)
  }
}
