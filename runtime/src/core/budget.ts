import type { Clock } from '@wirepact/protocol'

/** How much is forgiven at once, and how much over time. */
export interface BudgetSize {
  readonly burst: number
  readonly perSecond: number
}

/** The longest time that timers know: 24 days. */
const longestMs = 2 ** 31 - 1

/** A token bucket: something that may happen `burst` times at once and `perSecond` times a second over time. */
export class Budget {
  readonly #clock: Clock
  readonly #size: BudgetSize
  #tokens: number
  #filledAt: number

  constructor(clock: Clock, size: BudgetSize) {
    this.#clock = clock
    this.#size = size
    this.#tokens = size.burst
    this.#filledAt = clock.now()
  }

  /** How long it takes until there is one again; a number that can be told, also where there never is one. */
  get retryAfterMs(): number {
    const ms = Math.max(0, Math.ceil(((1 - this.#tokens) / this.#size.perSecond) * 1000))
    return Math.min(ms, longestMs)
  }

  /** Whether nothing has to be remembered of it: it is as a new one. */
  get isFull(): boolean {
    this.#fill()
    return this.#tokens >= this.#size.burst
  }

  /** Takes one; false when there is none left. */
  take(): boolean {
    this.#fill()
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }

  #fill(): void {
    const now = this.#clock.now()
    const gained = ((now - this.#filledAt) / 1000) * this.#size.perSecond
    this.#tokens = Math.min(this.#size.burst, this.#tokens + Math.max(0, gained))
    this.#filledAt = now
  }
}
