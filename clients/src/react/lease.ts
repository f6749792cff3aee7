import type { Timer } from '@wirepact/protocol/client'
import { tooLongMs } from '../core/connection/limit.js'
import { systemClock } from '../environment/system-clock.js'
import type { Stop } from '../types.js'

/** What a lease is for: begun for the first user, ended when there was none for a while. */
export interface Leased {
  begin(): void
  end(): void
}

/**
 * Counts who uses something. Who leaves may be back at once: StrictMode takes every component off and puts it on again,
 * and so does a person who goes from one page to the next.
 */
export class Lease {
  readonly #leased: Leased
  #users = 0
  #isBegun = false
  #timer: Timer

  constructor(leased: Leased) {
    this.#leased = leased
  }

  /** Uses it until stopped, and `graceMs` longer: for good, where no timer runs that long. */
  take(graceMs: number): Stop {
    systemClock.stopTimer(this.#timer)
    this.#users += 1
    if (!this.#isBegun) {
      this.#isBegun = true
      this.#leased.begin()
    }
    let isTaken = true
    return () => {
      if (isTaken && --this.#users === 0 && graceMs < tooLongMs)
        this.#timer = systemClock.startTimer(() => this.#end(), graceMs)
      isTaken = false
    }
  }

  #end(): void {
    this.#isBegun = false
    this.#leased.end()
  }
}
