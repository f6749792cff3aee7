import { errorCodes, type WirepactError } from '@wirepact/protocol'
import type { Connection } from './connection.js'

/** Codes that a client never learns the details of. */
const hidden: ReadonlySet<string> = new Set([
  'INTERNAL',
  'INVALID_OUTPUT',
  'NOT_SERIALIZABLE',
  'INVALID_CLOSE',
  'INVALID_GRANT',
])

/** Whether a client may be told of an error that the handler of `message` threw: one of the table, or a declared one. */
export function isPublic(error: WirepactError, connection: Connection, message: string | undefined): boolean {
  if (!error.declared) return Object.hasOwn(errorCodes, error.code) && !hidden.has(error.code)
  const definition = message === undefined ? undefined : connection.admission.route.receives.get(message)
  if (
    definition === undefined ||
    definition.kind === 'event' ||
    !Object.hasOwn(definition.errors, error.code)
  )
    return false
  return definition.errors[error.code]?.check(error.data) ?? false
}
