import { STATUS_CODES } from 'node:http'
import { lookUpErrorCode, WirepactError } from '@wirepact/protocol'

/** A refusal over HTTP. */
export interface ProblemResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** An error as a problem document (RFC 9457), with its stable code and, where there are some, its problems. */
export function toProblemResponse(thrown: unknown): ProblemResponse {
  const error = WirepactError.from(thrown)
  const status = lookUpErrorCode(error.code).http ?? 500
  const body = JSON.stringify({
    type: 'about:blank',
    title: STATUS_CODES[status],
    status,
    detail: error.message,
    code: error.code,
    ...(error.problems.length > 0 && { problems: error.problems }),
  })
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'content-length': String(Buffer.byteLength(body)),
      'cache-control': 'no-store',
      ...(status === 426 && { upgrade: 'websocket' }),
      ...(status === 405 && { allow: 'GET' }),
      ...(status === 426 && { 'sec-websocket-version': '13' }),
    },
    body,
  }
}
