import type { Clock } from '@wirepact/protocol'

interface Due {
  readonly at: number
  readonly run: () => void
}

/** The end of this turn of the event loop, and of the work that it left for the end. */
export async function turn(): Promise<void> {
  for (let count = 0; count < 3; count++) await new Promise((resolve) => setImmediate(resolve))
}

/** A clock that stands still until it is told to go on. */
export class VirtualClock implements Clock {
  #now = 1_700_000_000_000
  readonly #timers = new Set<Due>()

  now(): number {
    return this.#now
  }

  startTimer(run: () => void, delayMs: number): Due {
    const due = { at: this.#now + delayMs, run }
    this.#timers.add(due)
    return due
  }

  stopTimer(timer: unknown): void {
    this.#timers.delete(timer as Due)
  }

  /** Moves time without anybody noticing: no timer runs. */
  skip(ms: number): void {
    this.#now += ms
  }

  /** Lets time pass; every timer runs in its turn, with whatever it starts. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#timers.delete(next)
      this.#now = Math.max(this.#now, next.at)
      next.run()
      await turn()
    }
    this.#now = end
  }

  #next(end: number): Due | undefined {
    const due = [...this.#timers].filter((timer) => timer.at <= end)
    return due.sort((one, other) => one.at - other.at)[0]
  }
}
