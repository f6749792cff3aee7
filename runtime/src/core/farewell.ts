import type { Clock } from '@wirepact/protocol'
import type { Connection } from './connection.js'

/** How connections are told goodbye. */
export interface Farewell {
  readonly code: number
  readonly reason: string
  /** Over how much time the goodbyes are spread; 0 for all at once. */
  readonly overMs: number
  /** How long handlers that run, and clients that have to answer the goodbye, are given. */
  readonly timeoutMs: number
  /** The window in which one is asked to come back, so many milliseconds after the first goodbye. */
  readonly window: ((elapsedMs: number) => readonly [from: number, to: number]) | undefined
}

/** Who is told. */
export interface Audience {
  readonly clock: Clock
  readonly connections: Iterable<Connection>
  readonly late: (connection: Connection) => void
}

/** How often the next batch leaves, and is seen whether handlers have settled. */
const tickMs = 50

/**
 * Says goodbye to connections in batches, evenly over a time. One that is told takes no more messages; it ends as
 * soon as its handlers have settled, so that nothing that was begun is lost.
 */
export class Farewells {
  readonly #clock: Clock
  readonly #farewell: Farewell
  readonly #startedAt: number
  /** Those that are still to be told, the last of them first. */
  readonly #waiting: Connection[]
  readonly #total: number
  /** Those whose handlers still run, and until when they may. */
  readonly #leaving = new Map<Connection, number>()
  /** Those that were told goodbye, and until when they may answer. */
  readonly #told = new Map<Connection, number>()
  readonly #late: (connection: Connection) => void
  #done: () => void = () => undefined

  /** `late` is told of each that has to end while its handlers are running. */
  constructor({ clock, connections, late }: Audience, farewell: Farewell) {
    this.#clock = clock
    this.#late = late
    this.#farewell = farewell
    this.#startedAt = clock.now()
    this.#waiting = [...connections].reverse()
    this.#total = this.#waiting.length
  }

  /** Resolves when every one of them has ended: within about `overMs` and `timeoutMs`. */
  say(): Promise<void> {
    return new Promise((resolve) => {
      this.#done = resolve
      this.#tick()
    })
  }

  #tick(): void {
    const now = this.#clock.now()
    const until = now + this.#farewell.timeoutMs
    for (const connection of this.#waiting.splice(this.#countWaiting(now)).reverse()) {
      connection.leave()
      this.#leaving.set(connection, until)
    }
    this.#end(now)
    this.#abandon(now)
    const left = this.#waiting.length + this.#leaving.size + this.#told.size
    if (left === 0) this.#done()
    else this.#clock.startTimer(() => this.#tick(), tickMs)
  }

  /** How many still wait when those that are due by now were told. */
  #countWaiting(now: number): number {
    const { overMs } = this.#farewell
    const share = overMs === 0 ? 1 : (now - this.#startedAt + tickMs) / overMs
    return Math.max(0, this.#total - Math.ceil(this.#total * share))
  }

  /** A connection whose handlers have settled, or have had their time. */
  #end(now: number): void {
    const { code, reason, window } = this.#farewell
    for (const [connection, until] of this.#leaving) {
      if (connection.isBusy && now < until) continue
      if (connection.isBusy) this.#late(connection)
      this.#leaving.delete(connection)
      const retryAfterMs = window?.(now - this.#startedAt)
      connection.sendFrame(['bye', { code, reason, ...(retryAfterMs !== undefined && { retryAfterMs }) }])
      connection.end(code, reason)
      this.#told.set(connection, until)
    }
  }

  #abandon(now: number): void {
    const { code, reason } = this.#farewell
    for (const [connection, until] of this.#told) {
      if (now >= until) connection.abandon(code, reason)
      if (connection.status === 'closed') this.#told.delete(connection)
    }
  }
}
