import type { Clock } from '@wirepact/protocol'

interface Due {
  readonly at: number
  readonly run: () => void
}

/** A clock that stands still until it is told to go on. */
export class VirtualClock implements Clock {
  #now = 1_700_000_000_000
  #backMs = 0
  #lastTimer = 0
  readonly #timers = new Map<number, Due>()

  now(): number {
    return this.#now - this.#backMs
  }

  startTimer(run: () => void, delayMs: number): number {
    this.#lastTimer += 1
    this.#timers.set(this.#lastTimer, { at: this.#now + Math.max(0, delayMs), run })
    return this.#lastTimer
  }

  stopTimer(timer: unknown): void {
    this.#timers.delete(timer as number)
  }

  /** How many timers run. */
  get running(): number {
    return this.#timers.size
  }

  /** When the next timer is due, in milliseconds from now; undefined when none runs. */
  get nextInMs(): number | undefined {
    const next = this.#next()
    return next && next[1].at - this.#now
  }

  /** Somebody sets the clock: the time of day is another, and timers run on. */
  turnBack(ms: number): void {
    this.#backMs += ms
  }

  /** Lets time pass; timers run at their moments, in order. */
  advance(ms: number): void {
    const until = this.#now + ms
    for (let next = this.#next(); next !== undefined && next[1].at <= until; next = this.#next()) {
      this.#now = Math.max(this.#now, next[1].at)
      this.#timers.delete(next[0])
      next[1].run()
    }
    this.#now = until
  }

  /** Lets time pass as in a sleep: no timer runs meanwhile, those that were due run late or not at all. */
  sleep(ms: number): void {
    this.#now += ms
  }

  #next(): [number, Due] | undefined {
    let first: [number, Due] | undefined
    for (const entry of this.#timers) if (first === undefined || entry[1].at < first[1].at) first = entry
    return first
  }
}

/** Lets everything happen that is waiting for the end of this turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Lets things happen that wait for one another. */
export async function turns(): Promise<void> {
  for (let count = 0; count < 3; count++) await turn()
}
