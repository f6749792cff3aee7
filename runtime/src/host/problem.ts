import { STATUS_CODES } from 'node:http'
import { lookUpErrorCode, toWirepactError, type WirepactError } from '@wirepact/protocol'
import { readRetryAfter } from '../core/rates.js'
import { readTerms, StatusTerms } from '../core/terms.js'

/** A refusal over HTTP. */
export interface ProblemResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * The error as a refusal over HTTP: what the server's own code said, or an error of the table that has a status. What
 * else is thrown is not told to the client: it is `INTERNAL`, with the value as its cause.
 */
export function toRefusal(thrown: unknown): WirepactError {
  const error = toWirepactError(thrown)
  const isMeant = readTerms(error) !== undefined || lookUpErrorCode(error.code).http !== undefined
  return isMeant ? error : toWirepactError(new Error('What was thrown is no refusal.', { cause: thrown }))
}

/** A refusal as a problem document (RFC 9457), with its stable code and, where there are some, its problems. */
export function toProblemResponse(thrown: unknown): ProblemResponse {
  const error = toRefusal(thrown)
  const terms = readTerms(error)
  const own = terms instanceof StatusTerms ? terms : undefined
  const status = own?.status ?? lookUpErrorCode(error.code).http ?? 500
  const body = JSON.stringify({
    type: 'about:blank',
    title: STATUS_CODES[status] ?? '',
    status,
    detail: error.message,
    code: error.code,
    ...(error.problems.length > 0 && { problems: error.problems }),
  })
  const headers = {
    ...toHeaders(status, error),
    ...Object.fromEntries(own?.headers ?? []),
    'content-length': String(Buffer.byteLength(body)),
  }
  return { status, headers, body }
}

function toHeaders(status: number, error: WirepactError): Record<string, string> {
  const retryAfterMs = readRetryAfter(error)
  return {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(retryAfterMs !== undefined && { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) }),
    ...(status === 405 && { allow: 'GET' }),
    ...(status === 426 && { upgrade: 'websocket', 'sec-websocket-version': '13' }),
  }
}
