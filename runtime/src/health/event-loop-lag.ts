import { performance } from 'node:perf_hooks'

/** How often it is looked. */
const sampleMs = 100

/** How long what was seen counts: between once and twice as long. */
const windowMs = 5000

/** By how much the event loop is late, as the largest delay of the last seconds. It does not keep the process alive. */
export class EventLoopLag {
  #timer: NodeJS.Timeout | undefined
  #dueAt = 0
  #windowEndsAt = 0
  #worstMs = 0
  #worstBeforeMs = 0

  /** In milliseconds. The first reading begins to look. */
  read(): number {
    this.#timer ??= this.#start()
    return Math.round(Math.max(this.#worstMs, this.#worstBeforeMs))
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #start(): NodeJS.Timeout {
    this.#dueAt = performance.now() + sampleMs
    this.#windowEndsAt = this.#dueAt + windowMs
    return setInterval(() => this.#sample(), sampleMs).unref()
  }

  #sample(): void {
    const now = performance.now()
    if (now >= this.#windowEndsAt) this.#turn(now)
    this.#worstMs = Math.max(this.#worstMs, now - this.#dueAt)
    this.#dueAt = now + sampleMs
  }

  #turn(now: number): void {
    this.#worstBeforeMs = this.#worstMs
    this.#worstMs = 0
    this.#windowEndsAt = now + windowMs
  }
}
