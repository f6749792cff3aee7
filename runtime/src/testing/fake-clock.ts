import type { Clock } from '@wirepact/protocol'

type Due = { readonly at: number; readonly run: () => void }

/** How many rounds of promises are let run between two timers; enough for what a handler awaits at once. */
const rounds = 20

/**
 * A clock that stands still until it is told to go on: hand it to a server and its clients as
 * `environment: { clock }`, and minutes pass in no time.
 */
export class FakeClock implements Clock {
  #now: number
  #timers = new Set<Due>()

  /** `startMs`: the time it begins with, in milliseconds since the Unix epoch. Default 0. */
  constructor(startMs = 0) {
    this.#now = startMs
  }

  /** How many timers are waiting. */
  get waiting(): number {
    return this.#timers.size
  }

  now(): number {
    return this.#now
  }

  startTimer(run: () => void, delayMs: number): Due {
    const timer = { at: this.#now + Math.max(0, delayMs), run }
    this.#timers.add(timer)
    return timer
  }

  stopTimer(timer: unknown): void {
    this.#timers.delete(timer as Due)
  }

  /** Lets `byMs` milliseconds pass: every timer that is due runs at its moment, promises in between. */
  async advance(byMs: number): Promise<void> {
    const end = this.#now + byMs
    await this.settle()
    for (let timer = this.#next(end); timer !== undefined; timer = this.#next(end)) {
      this.#timers.delete(timer)
      this.#now = Math.max(this.#now, timer.at)
      timer.run()
      await this.settle()
    }
    this.#now = end
  }

  /** Lets what is promised at this moment happen, without any time passing. */
  async settle(): Promise<void> {
    for (let round = 0; round < rounds; round++) await new Promise((resolve) => setImmediate(resolve))
  }

  #next(end: number): Due | undefined {
    let next: Due | undefined
    for (const timer of this.#timers) {
      if (timer.at <= end && (next === undefined || timer.at < next.at)) next = timer
    }
    return next
  }
}
