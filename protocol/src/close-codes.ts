/**
 * The close codes that Wirepact uses by itself, beside those of RFC 6455, section 7.4.1. Those from 4000 to
 * 4499 ask the client to come back, those from 4500 to 4999 tell it not to.
 */
export const closeCodes = {
  NORMAL: 1000,
  GOING_AWAY: 1001,
  PROTOCOL_ERROR: 1002,
  UNSUPPORTED_DATA: 1003,
  INVALID_DATA: 1007,
  POLICY_VIOLATION: 1008,
  TOO_BIG: 1009,
  INTERNAL_ERROR: 1011,
  SERVICE_RESTART: 1012,
  TRY_AGAIN_LATER: 1013,
  HANDSHAKE_TIMEOUT: 4000,
  PING_TIMEOUT: 4001,
  SLOW_CONSUMER: 4002,
  IDLE_TIMEOUT: 4003,
  HELLO_EXPECTED: 4500,
  UNAUTHENTICATED: 4501,
  REVOKED: 4502,
  FORBIDDEN: 4503,
  SUPERSEDED: 4504,
  TOO_MANY_INVALID: 4505,
} as const

/**
 * Whether a client that was closed with `code` should reconnect. Unknown codes follow their range: 3000 to
 * 3499 and 4000 to 4499 come back, everything else stays away.
 */
export function shouldReconnect(code: number): boolean {
  return /^(10(0[156]|1[1-5])|[34][0-4]\d\d)$/.test(`${code}`)
}

/** Whether an application may close with `code` (RFC 6455, section 7.4): 1000–1003, 1007–1014, 3000–4999. */
export function isSendableCloseCode(code: number): boolean {
  if (!Number.isInteger(code)) return false
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999)
}
