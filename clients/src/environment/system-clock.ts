import type { Clock } from '@wirepact/protocol/client'

/** The time of this computer. */
export const systemClock: Clock = {
  now: () => Date.now(),
  startTimer: (run, delayMs) => setTimeout(run, delayMs),
  stopTimer: (timer) => clearTimeout(timer as number | undefined),
}
