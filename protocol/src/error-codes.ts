import { closeCodes } from './close-codes.js'

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
  INVALID_HEADERS: { http: 400 },
  INVALID_COOKIES: { http: 400 },
  ORIGIN_REFUSED: { http: 403 },
  SUBPROTOCOL_REFUSED: { http: 400 },
  REFUSED: { http: 403, close: closeCodes.FORBIDDEN },
  TOO_MANY_FROM_ADDRESS: { http: 429, close: closeCodes.TRY_AGAIN_LATER },
  TOO_MANY_CONNECTIONS: { http: 503, close: closeCodes.TRY_AGAIN_LATER },
  SERVER_CLOSING: { http: 503, close: closeCodes.SERVICE_RESTART },
  UNAUTHENTICATED: { http: 401, close: closeCodes.UNAUTHENTICATED },
  FORBIDDEN: { http: 403, close: closeCodes.FORBIDDEN },
  REVOKED: { close: closeCodes.REVOKED },
  HELLO_EXPECTED: { close: closeCodes.HELLO_EXPECTED },
  HANDSHAKE_TIMEOUT: { http: 503, close: closeCodes.HANDSHAKE_TIMEOUT },
  TOO_MANY_INVALID: { close: closeCodes.TOO_MANY_INVALID },
  WRONG_KIND: {},
  INVALID_JSON: {},
  INVALID_FRAME: {},
  TOO_DEEP: {},
  FORBIDDEN_KEY: {},
  UNKNOWN_MESSAGE: {},
  UNKNOWN_FIELD: {},
  INVALID_PAYLOAD: {},
  UNKNOWN_CHANNEL: {},
  NOT_A_MEMBER: {},
  TOO_MANY_CHANNELS: {},
  TOO_MANY_PENDING: {},
  RATE_LIMITED: { http: 429, close: closeCodes.TRY_AGAIN_LATER },
  DUPLICATE_ID: {},
  NO_HISTORY: {},
  NO_PRESENCE: {},
  NOT_SERIALIZABLE: {},
  INVALID_OUTPUT: {},
  INVALID_CLOSE: {},
  INVALID_GRANT: {},
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

/** What the table says about a code; nothing for a code that is not in it. */
export function lookUpErrorCode(code: string): { readonly http?: number; readonly close?: number } {
  return Object.hasOwn(errorCodes, code) ? errorCodes[code as ErrorCode] : {}
}
