import type { Stop } from '../../types.js'

/** Keeps what cannot be sent before the connection is open, in order. Its users bound what they put in. */
export class Outbox {
  readonly #isOpen: () => boolean
  readonly #waiting = new Set<() => void>()

  constructor(isOpen: () => boolean) {
    this.#isOpen = isOpen
  }

  /** Calls `send` now or when open; stopped before that, never. */
  post(send: () => void): Stop {
    this.#waiting.add(send)
    this.flush()
    return () => {
      this.#waiting.delete(send)
    }
  }

  flush(): void {
    for (const send of this.#waiting) {
      if (!this.#isOpen()) return
      this.#waiting.delete(send)
      send()
    }
  }
}
