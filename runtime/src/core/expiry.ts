import type { Clock, Timer } from '@wirepact/protocol'

/** The longest delay of a timer: a longer one would be none at all. */
const maxDelayMs = 2_147_483_647

/** Nothing is asked for when less is left: an answer would come too late, and the next question too soon. */
const minLeftMs = 1_000

/** What a grant's time decides. */
export interface ExpiryParts {
  readonly clock: Clock
  /** How long before the end another grant is asked for. */
  readonly beforeMs: number
  /** Asks for another grant, within this time. */
  readonly ask: (leftMs: number) => void
  readonly over: () => void
}

/**
 * When a grant is over, and when another one is to be asked for: some time before the end, or at half of the time
 * where there is less, and again each time that half of what was left has passed. It knows times; it does not know
 * what is granted.
 */
export class Expiry {
  readonly #parts: ExpiryParts
  #expiresAt = Number.POSITIVE_INFINITY
  #asksAt = 0
  #timer: Timer

  constructor(parts: ExpiryParts) {
    this.#parts = parts
  }

  get isOver(): boolean {
    return this.#parts.clock.now() >= this.#expiresAt
  }

  set(expiresAt: number): void {
    this.#expiresAt = expiresAt
    this.#plan()
  }

  stop(): void {
    this.#parts.clock.stopTimer(this.#timer)
  }

  #plan(): void {
    this.stop()
    if (this.#expiresAt === Number.POSITIVE_INFINITY) return
    const { clock, beforeMs } = this.#parts
    const now = clock.now()
    const leftMs = Math.max(0, this.#expiresAt - now)
    const delayMs = leftMs < 2 * minLeftMs ? leftMs : Math.max(leftMs - beforeMs, leftMs / 2)
    this.#asksAt = now + delayMs
    this.#wait(delayMs)
  }

  #wait(delayMs: number): void {
    this.#timer = this.#parts.clock.startTimer(() => this.#due(), Math.min(delayMs, maxDelayMs))
  }

  #due(): void {
    const { clock, ask, over } = this.#parts
    const now = clock.now()
    if (now >= this.#expiresAt) return over()
    if (now < this.#asksAt) return this.#wait(this.#asksAt - now)
    const leftMs = this.#expiresAt - now
    this.#plan()
    if (leftMs >= minLeftMs) ask(Math.floor(leftMs))
  }
}
