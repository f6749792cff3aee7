import { type Clock, type MaybePromise, WirepactError } from '@wirepact/protocol'

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
      const expire = () => reject(new WirepactError('TIMEOUT', 'No credential in time'))
      const timer = timeoutMs > 0 && timeoutMs < Infinity ? clock.startTimer(expire, timeoutMs) : undefined
      Promise.resolve()
        .then(ask)
        .then(resolve, reject)
        .finally(() => clock.stopTimer(timer))
    }).finally(() => {
      flight = undefined
    })
    return flight
  }
}
