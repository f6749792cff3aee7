import type { Clock, Timer } from '@wirepact/protocol'

/**
 * Calls `run` again and again, `delayMs` after it last answered, until the function that is returned is
 * called. Does not keep the process alive, where the clock's timers can be told so.
 */
export function repeat(clock: Clock, delayMs: number, run: () => void): () => void {
  let timer: Timer
  const start = () => {
    timer = clock.startTimer(() => {
      start()
      run()
    }, delayMs)
    unref(timer)
  }
  start()
  return () => clock.stopTimer(timer)
}

function unref(timer: Timer): void {
  if (typeof timer !== 'object' || timer === null || !('unref' in timer)) return
  if (typeof timer.unref === 'function') timer.unref()
}
