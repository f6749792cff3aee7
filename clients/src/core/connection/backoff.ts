import type { Random } from '@wirepact/protocol'
import type { ReconnectOptions } from '../../options.js'

/** A random moment between `from` and `to`. */
export function randomBetween(random: Pick<Random, 'next'>, from: number, to: number): number {
  return from + random.next() * (to - from)
}

/** Within how many milliseconds the retry number `retry`, counted from 1, is due: exponential, up to a limit. */
export function backoffMs(options: Required<ReconnectOptions>, retry: number): number {
  return Math.min(options.maxDelayMs, options.minDelayMs * options.factor ** (retry - 1))
}
