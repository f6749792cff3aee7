import type { Packet } from '../core/packet.js'

const textFrame = 0x81

/** The bytes of a packet as one unfragmented, unmasked text frame (RFC 6455, section 5.2); made once a packet. */
export function frameText(packet: Packet): Uint8Array {
  packet.framed ??= encodeTextFrame(packet.text)
  return packet.framed
}

function encodeTextFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(header + length)
  frame[0] = textFrame
  if (header === 2) frame[1] = length
  else if (header === 4) frame.writeUInt16BE(length, writeLengthCode(frame, 126))
  else frame.writeBigUInt64BE(BigInt(length), writeLengthCode(frame, 127))
  frame.write(text, header, 'utf8')
  return frame
}

/** Writes the code that says how long the length is, and answers where the length goes. */
function writeLengthCode(frame: Buffer, code: number): number {
  frame[1] = code
  return 2
}
