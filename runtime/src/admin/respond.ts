import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { WirepactError } from '@wirepact/protocol'
import type { AdminAnswer } from './call.js'

/** The status of every error that an operation may end with; any other one is a failure. */
const statuses: Readonly<Record<string, number>> = {
  INVALID_PATH: 400,
  INVALID_QUERY: 400,
  INVALID_JSON: 400,
  INVALID_CLOSE: 400,
  TOO_DEEP: 400,
  FORBIDDEN_KEY: 400,
  UNAUTHENTICATED: 401,
  ROUTE_NOT_FOUND: 404,
  UNKNOWN_CHANNEL: 404,
  CONNECTION_CLOSED: 404,
  METHOD_NOT_ALLOWED: 405,
  NO_HISTORY: 409,
  TOO_BIG: 413,
  WRONG_KIND: 415,
  UNKNOWN_MESSAGE: 422,
  INVALID_PAYLOAD: 422,
}

/** Whether an error is meant for whoever asked. */
export function isTold({ code }: WirepactError): boolean {
  return Object.hasOwn(statuses, code)
}

export function respond(response: ServerResponse, { status, body }: AdminAnswer): void {
  if (body === undefined) response.writeHead(status, guarding).end()
  else write(response, { status, type: 'application/json', headers: {} }, JSON.stringify(body))
}

/** A problem document (RFC 9457). Nothing of a failure is told but that there was one. */
export function respondProblem(response: ServerResponse, error: WirepactError): void {
  const status = statuses[error.code] ?? 500
  const body = {
    type: 'about:blank',
    title: STATUS_CODES[status],
    status,
    detail: status === 500 ? 'Something went wrong on the server.' : error.message,
    code: status === 500 ? 'INTERNAL' : error.code,
    ...(error.problems.length > 0 && { problems: error.problems }),
  }
  const headers = {
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    ...(status === 405 && (error.data as { readonly allow: string })),
    // What is still to come of a body that is too large is not waited for.
    ...(status === 413 && { connection: 'close' }),
  }
  write(response, { status, type: 'application/problem+json', headers }, JSON.stringify(body))
}

const guarding = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

interface Head {
  readonly status: number
  readonly type: string
  readonly headers: Readonly<Record<string, string>>
}

function write(response: ServerResponse, { status, type, headers }: Head, text: string): void {
  const length = String(Buffer.byteLength(text))
  response.writeHead(status, { ...guarding, ...headers, 'content-type': type, 'content-length': length })
  response.end(response.req.method === 'HEAD' ? undefined : text)
}
