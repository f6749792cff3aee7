import type { Clock, Timer } from '@wirepact/protocol'

/**
 * Knows when something was last heard, and tells when that is too long ago. It goes by the time and not by the
 * timer, which does not run while a computer sleeps.
 */
export class Liveness {
  readonly #clock: Clock
  readonly #windowMs: number
  readonly #dead: () => void
  #heardAt: number
  #timer: Timer

  constructor(clock: Clock, windowMs: number, dead: () => void) {
    this.#clock = clock
    this.#windowMs = windowMs
    this.#dead = dead
    this.#heardAt = clock.now()
    this.check()
  }

  heard(): void {
    this.#heardAt = this.#clock.now()
  }

  /** Looks now, and again when the silence would be too long. */
  check(): void {
    this.stop()
    const leftMs = this.#heardAt + this.#windowMs - this.#clock.now()
    if (leftMs <= 0) this.#dead()
    else this.#timer = this.#clock.startTimer(() => this.check(), leftMs)
  }

  stop(): void {
    this.#clock.stopTimer(this.#timer)
  }
}
