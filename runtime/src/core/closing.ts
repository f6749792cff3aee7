import {
  closeCodes,
  isSendableCloseCode,
  lookUpErrorCode,
  toWirepactError,
  WirepactError,
} from '@wirepact/protocol'
import { readTerms } from './terms.js'

const maxReasonBytes = 123

/** Throws `INVALID_CLOSE` for a code or reason that must not go over the wire (RFC 6455, sections 5.5.1 and 7.4). */
export function requireCloseArguments(code: number, reason: string): void {
  if (!isSendableCloseCode(code)) {
    throw new WirepactError('INVALID_CLOSE', `A connection cannot be closed with the code ${code}.`)
  }
  if (Buffer.byteLength(reason) > maxReasonBytes) {
    throw new WirepactError('INVALID_CLOSE', `A close reason has at most ${maxReasonBytes} bytes of UTF-8.`)
  }
}

/** How a connection that could not be set up ends; what is not meant for the client is not told to it. */
export function toClosing(thrown: unknown): { readonly code: number; readonly reason: string } {
  const error = toWirepactError(thrown)
  const terms = readTerms(error)
  if (terms !== undefined) return { code: terms.close, reason: cutReason(error.message) }
  const code = lookUpErrorCode(error.code).close ?? closeCodes.INTERNAL_ERROR
  if (code === closeCodes.INTERNAL_ERROR) return { code, reason: 'The connection could not be set up.' }
  return { code, reason: cutReason(error.message) }
}

/** A close reason of at most 123 bytes (RFC 6455, section 5.5). */
function cutReason(reason: string): string {
  return Buffer.byteLength(reason) <= maxReasonBytes
    ? reason
    : Buffer.from(reason)
        .subarray(0, 120)
        .toString()
        .replace(/\uFFFD+$/u, '')
}
