import { createCall } from '../connection/create-call.js'
import type { Core } from '../core.js'

/** The feature `idempotent`: requests that are asked again when their answer was lost with the connection. */
export function idempotent(core: Core): void {
  core.make.idempotent = (name) =>
    createCall((input, options) =>
      core.call((id) => ['request', id, name, input], { ...options, idempotent: true }),
    )
}
