import { type Clock, WirepactError } from '@wirepact/protocol/client'
import type { Stop } from '../../types.js'

/** No timer runs so long, nor longer (HTML Standard, timers: the delay is a signed 32-bit number): that is for ever. */
export const tooLongMs = 2 ** 31

/** What ends the waiting. */
export interface Limits {
  /** None, 0 and infinity are for ever. */
  readonly timeoutMs?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** Gives up when the time is over, or for the signal. Throws `ABORTED` when that was given before. */
export function limit(
  clock: Clock,
  { timeoutMs = 0, signal }: Limits,
  giveUp: (error: WirepactError) => void,
): Stop {
  const aborted = () => new WirepactError('ABORTED', undefined, { cause: signal?.reason })
  const abort = () => giveUp(aborted())
  if (signal?.aborted) throw aborted()
  const expires = timeoutMs > 0 && timeoutMs < tooLongMs
  const timer = expires ? clock.startTimer(() => giveUp(expired(timeoutMs)), timeoutMs) : undefined
  signal?.addEventListener('abort', abort)
  return () => {
    clock.stopTimer(timer)
    signal?.removeEventListener('abort', abort)
  }
}

/** Nothing has come in time. */
export function expired(timeoutMs: number): WirepactError {
  return new WirepactError('TIMEOUT', `Nothing within ${timeoutMs} ms`)
}
