import { WirepactError } from '@wirepact/protocol'
import type { Core } from './core.js'
import { isPromise } from './is-promise.js'
import { within } from './within.js'

/**
 * What a hook of a channel or a guard says, which others wait for: so it has no longer for it than `hookTimeoutMs`.
 * Rejects with `TIMEOUT`, of which `noteLate` is told first, and with what it throws.
 */
export async function runHook(
  { environment, limits }: Core,
  call: () => unknown,
  noteLate?: (error: Error) => void,
): Promise<unknown> {
  const answer = call()
  if (!isPromise(answer) || limits.hookTimeoutMs === 0) return answer
  const late = () => {
    const error = new WirepactError('TIMEOUT', 'The server took too long to decide.')
    noteLate?.(error)
    return error
  }
  return within(answer, { clock: environment.clock, limitMs: limits.hookTimeoutMs, late })
}
