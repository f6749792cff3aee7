import type { WirepactError } from '@wirepact/protocol/client'
import type { Call, CallOptions } from '../../types.js'

/** The function that a generated client has for a request. */
export function createCall(
  ask: (input: unknown, options?: CallOptions) => Promise<unknown>,
): Call<unknown, unknown> {
  const safe: Call<unknown, unknown>['safe'] = (...given) =>
    ask(...given).then(
      (output) => ({ ok: true, output }),
      (error: WirepactError<never, undefined>) => ({ ok: false, error }),
    )
  return Object.assign(ask, { safe })
}
