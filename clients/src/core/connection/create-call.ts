import type { WirepactError } from '@wirepact/protocol'
import type { CallDefinition } from '../../definition.js'
import type { Call, CallOptions } from '../../types.js'
import type { Core } from '../core.js'

/** The function that a generated client has for the request `name`. */
export function createCall(core: Core, name: string, { idempotent }: CallDefinition): Call<unknown, unknown> {
  const call = (input: unknown, options?: CallOptions) =>
    core.call((id) => ['request', id, name, input], { ...options, idempotent })
  const safe: Call<unknown, unknown>['safe'] = (...given) =>
    call(...given).then(
      (output) => ({ ok: true, output }),
      (error: WirepactError<never, undefined>) => ({ ok: false, error }),
    )
  return Object.assign(call, { safe })
}
