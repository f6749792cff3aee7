import type { Packet } from '../core/packet.js'

const textFrame = 0x81
const binaryFrame = 0x82
/** The first reserved bit says that a message is compressed (RFC 7692, section 6). */
const compressed = 0x40

/** The bytes of a packet as one unfragmented, unmasked frame (RFC 6455, section 5.2); made once a packet. */
export function framePacket(packet: Packet): Uint8Array {
  packet.framed ??=
    typeof packet.content === 'string' ? frameText(packet.content) : frameBytes(packet.content)
  return packet.framed
}

/** The bytes of a message that is compressed already as one frame. */
export function frameDeflated(payload: Uint8Array, isText: boolean): Uint8Array {
  return frameBytes(payload, compressed | (isText ? textFrame : binaryFrame))
}

function frameText(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const frame = allocate(textFrame, length)
  frame.write(text, frame.length - length, 'utf8')
  return frame
}

function frameBytes(bytes: Uint8Array, opcode = binaryFrame): Buffer {
  const frame = allocate(opcode, bytes.byteLength)
  frame.set(bytes, frame.length - bytes.byteLength)
  return frame
}

/** A control frame; `payload` has at most 125 bytes (RFC 6455, section 5.5). */
export function frameControl(opcode: number, payload: Uint8Array = nothing): Uint8Array {
  return frameBytes(payload, 0x80 | opcode)
}

const nothing = new Uint8Array(0)

/** A frame with its header, and room for `length` bytes of payload at its end. */
function allocate(opcode: number, length: number): Buffer {
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(header + length)
  frame[0] = opcode
  if (header === 2) frame[1] = length
  else if (header === 4) frame.writeUInt16BE(length, writeLengthCode(frame, 126))
  else frame.writeBigUInt64BE(BigInt(length), writeLengthCode(frame, 127))
  return frame
}

/** Writes the code that says how long the length is, and answers where the length goes. */
function writeLengthCode(frame: Buffer, code: number): number {
  frame[1] = code
  return 2
}
