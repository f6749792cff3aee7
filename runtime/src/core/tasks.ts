import type { Environment } from './environment.js'

/** Work that nobody else waits for, so that closing does not overtake it. */
export class Tasks {
  readonly #environment: Environment
  readonly #failed: (error: unknown) => void
  readonly #running = new Set<Promise<unknown>>()

  /** `failed` is told what work was rejected with. */
  constructor(environment: Environment, failed: (error: unknown) => void) {
    this.#environment = environment
    this.#failed = failed
  }

  add(work: Promise<unknown>): void {
    const task = work.catch(this.#failed).finally(() => this.#running.delete(task))
    this.#running.add(task)
  }

  /** Waits for all of it, and for what it begins, but no longer than `timeoutMs`. */
  async settle(timeoutMs: number): Promise<void> {
    const { clock, logger } = this.#environment
    let late = false
    let timer: unknown
    const timeout = new Promise<void>((resolve) => {
      timer = clock.startTimer(() => {
        late = true
        resolve()
      }, timeoutMs)
    })
    while (this.#running.size > 0 && !late) await Promise.race([Promise.all(this.#running), timeout])
    clock.stopTimer(timer)
    if (late)
      logger.warn({ handlers: this.#running.size }, 'Handlers were still running when the server closed.')
  }
}
