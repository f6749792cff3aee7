import type { Clock, MaybePromise } from '@wirepact/protocol/client'
import { limit } from './limit.js'

/**
 * Lets those who ask while an answer is on its way share that answer, which fails with `TIMEOUT` when it takes too
 * long. Whoever asks later asks anew.
 */
export function singleFlight<T>(
  ask: () => MaybePromise<T>,
  clock: Clock,
  timeoutMs: number,
): () => Promise<T> {
  let flight: Promise<T> | undefined
  return () => {
    flight ??= new Promise<T>((resolve, reject) => {
      const stop = limit(clock, { timeoutMs }, reject)
      Promise.resolve().then(ask).then(resolve, reject).finally(stop)
    }).finally(() => {
      flight = undefined
    })
    return flight
  }
}
