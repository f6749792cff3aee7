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

const idBytes = 18

/** Asking the system for chance costs the same for many bytes as for a few, so it is asked for many ids at once. */
const idsAtOnce = 64

class IdSource {
  #bytes = Buffer.alloc(0)
  #used = 0

  next(): string {
    if (this.#used === this.#bytes.length) {
      this.#bytes = randomBytes(idBytes * idsAtOnce)
      this.#used = 0
    }
    const start = this.#used
    this.#used += idBytes
    return this.#bytes.toString('base64url', start, this.#used)
  }
}

const ids = new IdSource()

export const systemRandom: Random = {
  next: () => Math.random(),
  id: () => ids.next(),
}

/** Warnings and errors go to the console; the rest is silent. */
export const consoleLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: (details, message) => console.warn(message, details),
  error: (details, message) => console.error(message, details),
}
