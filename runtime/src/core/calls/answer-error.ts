import { type ErrorBody, type Validator, WirepactError } from '@wirepact/protocol'
import { accepts, refusePayload } from '../payload.js'

/**
 * The error that a client answers with. Only a declared one has data, and only data that fits; anything else
 * throws `INVALID_PAYLOAD`.
 */
export async function readAnswerError(
  errors: Readonly<Record<string, Validator>>,
  body: ErrorBody,
  name: string,
): Promise<WirepactError> {
  const { code, message, data, declared } = body as { readonly [Key in keyof ErrorBody]: unknown }
  if (typeof code !== 'string' || typeof message !== 'string') throw misfit(name)
  if (declared !== true) return new WirepactError(code, message)
  const validator = Object.hasOwn(errors, code) ? errors[code] : undefined
  if (validator === undefined) throw misfit(name)
  if (!accepts(validator, data)) await refusePayload(validator, data, name)
  return new WirepactError(code, message, { data, declared })
}

function misfit(name: string): WirepactError {
  return new WirepactError('INVALID_PAYLOAD', 'This is no error that may answer the question.', { name })
}
