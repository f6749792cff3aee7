import type { Clock, Timer } from '@wirepact/protocol'

/** How long something may take, and what it comes to then. */
export interface WithinOptions {
  readonly clock: Clock
  readonly limitMs: number
  /** Called once, when the time is over; makes the error. */
  readonly late: () => Error
}

/** What `work` comes to, if that is soon enough. Nothing stops what takes longer; what becomes of it is dropped. */
export function within<Result>(work: PromiseLike<Result>, options: WithinOptions): Promise<Result> {
  const { clock, limitMs, late } = options
  let timer: Timer
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = clock.startTimer(() => reject(late()), limitMs)
  })
  return Promise.race([work, timeout]).finally(() => clock.stopTimer(timer))
}
