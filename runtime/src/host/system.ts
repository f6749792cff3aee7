import { randomBytes } from 'node:crypto'
import type { Clock, Random } from '@wirepact/protocol'
import type { Logger } from '../core/environment.js'

/** Node takes a longer delay for none at all. */
const longestDelayMs = 2 ** 31 - 1

/** The machine's clock. Its timers do not keep the process alive: sockets do. */
export const systemClock: Clock = {
  now: () => Date.now(),
  startTimer: (run, delayMs) => setTimeout(run, Math.min(delayMs, longestDelayMs)).unref(),
  stopTimer: (timer) => clearTimeout(timer as NodeJS.Timeout | undefined),
}

export const systemRandom: Random = {
  next: () => Math.random(),
  id: () => randomBytes(18).toString('base64url'),
}

/** Warnings and errors go to the console; the rest is silent. */
export const consoleLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: (details, message) => console.warn(message, details),
  error: (details, message) => console.error(message, details),
}
