import type { MaybePromise } from '@wirepact/protocol'

/** Lets those who ask while an answer is on its way share that answer. Whoever asks later asks anew. */
export function singleFlight<T>(ask: () => MaybePromise<T>): () => Promise<T> {
  let flight: Promise<T> | undefined
  return () => {
    flight ??= Promise.resolve()
      .then(ask)
      .finally(() => {
        flight = undefined
      })
    return flight
  }
}
