import type { Clock } from '@wirepact/protocol'

const longestDelayMs = 2 ** 31 - 1

/** The time of this computer. */
export const systemClock: Clock = {
  now: () => Date.now(),
  startTimer: (run, delayMs) => setTimeout(run, Math.min(delayMs, longestDelayMs)),
  stopTimer: (timer) => clearTimeout(timer as number | undefined),
}
