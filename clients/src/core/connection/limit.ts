import { type Clock, WirepactError } from '@wirepact/protocol'
import type { Stop } from '../../types.js'

/** What ends the waiting. */
export interface Limits {
  /** None, 0 and infinity are for ever. */
  readonly timeoutMs?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** Gives up when the time is over, or for the signal. */
export function limit(
  clock: Clock,
  { timeoutMs = 0, signal }: Limits,
  giveUp: (error: WirepactError) => void,
): Stop {
  const expire = () => giveUp(new WirepactError('TIMEOUT', `Nothing within ${timeoutMs} ms`))
  const abort = () => giveUp(aborted(signal))
  const timer = timeoutMs > 0 && timeoutMs < Infinity ? clock.startTimer(expire, timeoutMs) : undefined
  signal?.addEventListener('abort', abort)
  return () => {
    clock.stopTimer(timer)
    signal?.removeEventListener('abort', abort)
  }
}

/** The caller gave up, for the signal's reason. */
export function aborted(signal: AbortSignal | undefined): WirepactError {
  return new WirepactError('ABORTED', undefined, { cause: signal?.reason })
}
