import type { WirepactError } from './errors.js'
import type { ErrorBody } from './frames.js'

/** The error as it goes over the wire: never its cause, never its stack. */
export function toErrorBody(error: WirepactError): ErrorBody {
  return {
    code: error.code,
    message: error.message,
    ...(error.declared && { declared: true as const }),
    ...((error.declared || error.code === 'RATE_LIMITED') && { data: error.data }),
    ...(error.subject !== undefined && { name: error.subject }),
    ...(error.problems.length > 0 && { problems: error.problems }),
  }
}
