import { closeCodes } from './close-codes.js'
import type { ErrorBody } from './frames.js'
import type { Problem } from './validator.js'

/**
 * Every error that Wirepact itself raises. `http` is the status of a refusal before the upgrade, `close` the
 * code with which a connection ends when the error is thrown while it connects.
 */
export const errorCodes = {
  ROUTE_NOT_FOUND: { http: 404 },
  METHOD_NOT_ALLOWED: { http: 405 },
  UPGRADE_REQUIRED: { http: 426 },
  INVALID_HANDSHAKE: { http: 400 },
  INVALID_PATH: { http: 400 },
  INVALID_PARAMS: { http: 400 },
  INVALID_QUERY: { http: 400 },
  ORIGIN_REFUSED: { http: 403 },
  SUBPROTOCOL_REFUSED: { http: 400 },
  TOO_MANY_CONNECTIONS: { http: 503, close: closeCodes.TRY_AGAIN_LATER },
  SERVER_CLOSING: { http: 503, close: closeCodes.SERVICE_RESTART },
  UNAUTHENTICATED: { http: 401, close: closeCodes.UNAUTHENTICATED },
  FORBIDDEN: { http: 403, close: closeCodes.FORBIDDEN },
  HELLO_EXPECTED: { close: closeCodes.HELLO_EXPECTED },
  HANDSHAKE_TIMEOUT: { close: closeCodes.HANDSHAKE_TIMEOUT },
  TOO_MANY_INVALID: { close: closeCodes.TOO_MANY_INVALID },
  WRONG_KIND: {},
  INVALID_JSON: {},
  INVALID_FRAME: {},
  TOO_DEEP: {},
  FORBIDDEN_KEY: {},
  UNKNOWN_MESSAGE: {},
  INVALID_PAYLOAD: {},
  UNKNOWN_CHANNEL: {},
  NOT_A_MEMBER: {},
  TOO_MANY_CHANNELS: {},
  TOO_MANY_PENDING: {},
  DUPLICATE_ID: {},
  NO_HISTORY: {},
  NOT_SERIALIZABLE: {},
  INVALID_OUTPUT: {},
  INVALID_CLOSE: {},
  CONNECTION_CLOSED: {},
  CONNECTION_LOST: {},
  TIMEOUT: {},
  ABORTED: {},
  TOO_BIG: {},
  BUFFER_OVERFLOW: {},
  ENGINE_FAILED: {},
  UNSUPPORTED_PLATFORM: {},
  INTERNAL: { http: 500, close: closeCodes.INTERNAL_ERROR },
} as const satisfies Record<string, { http?: number; close?: number }>

/** A code of the error table. */
export type ErrorCode = keyof typeof errorCodes

/** What an error carries beside its code and message. */
export interface ErrorDetails {
  readonly cause?: unknown
  readonly data?: unknown
  readonly declared?: boolean
  readonly name?: string
  readonly problems?: readonly Problem[]
}

/** The one error class of Wirepact. `code` is stable; `message` is for people and may change. */
export class WirepactError<Code extends string = string, Data = unknown> extends Error {
  override readonly name = 'WirepactError'
  readonly code: Code
  /** The data of an error that the schema declares. */
  readonly data: Data
  /** Whether `code` is one that the schema declares for the request. */
  readonly declared: boolean
  /** The message that was refused, where that is not clear from the call. */
  readonly subject: string | undefined
  /** Why a payload does not fit its schema; empty for every other error. */
  readonly problems: readonly Problem[]

  constructor(code: Code, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.data = details.data as Data
    this.declared = details.declared ?? false
    this.subject = details.name
    this.problems = details.problems ?? []
  }

  /** Any thrown value as a WirepactError; one that is not yet becomes `INTERNAL` with the value as `cause`. */
  static from(thrown: unknown): WirepactError {
    if (thrown instanceof WirepactError) return thrown
    return new WirepactError('INTERNAL', 'Something went wrong on this side.', { cause: thrown })
  }

  /** The error that the other side sent. */
  static fromBody(body: ErrorBody): WirepactError {
    return new WirepactError(body.code, body.message, { ...body, declared: body.declared === true })
  }
}

/** The error as it goes over the wire: never its cause, never its stack. */
export function toErrorBody(error: WirepactError): ErrorBody {
  return {
    code: error.code,
    message: error.message,
    ...(error.declared && { declared: true as const, data: error.data }),
    ...(error.subject !== undefined && { name: error.subject }),
    ...(error.problems.length > 0 && { problems: error.problems }),
  }
}
