import { isSendableCloseCode, WirepactError } from '@wirepact/protocol'

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
