import type { WirepactError } from '@wirepact/protocol'
import type { Connection } from './connection.js'
import type { ObservedFailure } from './observer.js'

/** A refusal as observers are told of it: a name that the schema does not have was made up by the client. */
export function toFailure(
  connection: Connection,
  { code }: WirepactError,
  { name, isBad }: { readonly name: string | undefined; readonly isBad: boolean },
): ObservedFailure {
  const isKnown = name !== undefined && connection.admission.route.receives.has(name)
  return { connection, code, isBad, name: isKnown ? name : undefined }
}
