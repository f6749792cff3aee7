import { WirepactError } from '@wirepact/protocol'
import { requireCloseArguments } from '../core/closing.js'
import { CloseTerms, StatusTerms } from '../core/terms.js'

/** A refusal over HTTP. Once there is a connection it closes with the code nearest to the status. */
export interface StatusRefusal {
  /** 300 to 599. */
  readonly status: number
  /** The `code` of the problem document. Default `REFUSED`. */
  readonly code?: string
  /** The `detail` of the problem document. */
  readonly message?: string
  /** More headers of the response, such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>
}

/** A refusal with a close code: the upgrade is completed first, so that a browser can see it. */
export interface CloseRefusal {
  /** 1000–1003, 1007–1014 or 3000–4999. */
  readonly code: number
  /** At most 123 UTF-8 bytes. */
  readonly reason?: string
}

/**
 * The error to throw in middleware to refuse: `throw refuse({ status: 402, code: 'UNPAID' })`, or
 * `throw refuse({ code: 4100, reason: 'unpaid' })`. In a message middleware the connection is closed. Throws a
 * `RangeError` for a status that is none, and `INVALID_CLOSE`.
 */
export function refuse(refusal: StatusRefusal | CloseRefusal): WirepactError {
  return 'status' in refusal ? withStatus(refusal) : withCode(refusal)
}

function withStatus({ status, code = 'REFUSED', message, headers = {} }: StatusRefusal): WirepactError {
  if (!Number.isInteger(status) || status < 300 || status > 599)
    throw new RangeError('A refusal has a status from 300 to 599.')
  const data = new StatusTerms(status, new Headers(headers))
  return new WirepactError(code, message ?? 'The server does not let this connection in.', { data })
}

function withCode({ code, reason = '' }: CloseRefusal): WirepactError {
  requireCloseArguments(code, reason)
  return new WirepactError('REFUSED', reason, { data: new CloseTerms(code, reason) })
}
