/**
 * One text message of a client as a WebSocket frame (RFC 6455, section 5.2). The mask is zero, so that making it
 * costs the load generator nothing; every server unmasks it all the same.
 */
export function clientFrame(text) {
  const payload = Buffer.from(text)
  const short = payload.length < 126
  const frame = Buffer.alloc((short ? 6 : 8) + payload.length)
  frame[0] = 0x81
  frame[1] = 0x80 | (short ? payload.length : 126)
  if (!short) frame.writeUInt16BE(payload.length, 2)
  payload.copy(frame, short ? 6 : 8)
  return frame
}

/** What a client answers a ping without content with. */
export const pong = Buffer.from([0x8a, 0x80, 0, 0, 0, 0])

/** Finds the messages in what a server sends, without looking into them. */
export class FrameScanner {
  #onMessage
  /** What came of a frame that is not complete yet. */
  #rest

  #onPing

  /** `onMessage(buffer, { start, end, isCompressed })`: where the payload of a data frame is. */
  constructor({ onMessage, onPing }) {
    this.#onMessage = onMessage
    this.#onPing = onPing
  }

  push(chunk) {
    const buffer = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk])
    let offset = 0
    for (;;) {
      const head = readHead(buffer, offset)
      if (head === undefined || head.end > buffer.length) break
      if (head.opcode < 8) this.#onMessage(buffer, head)
      else if (head.opcode === 9) this.#onPing()
      offset = head.end
    }
    this.#rest = offset === buffer.length ? undefined : buffer.subarray(offset)
  }
}

function readHead(buffer, offset) {
  if (buffer.length < offset + 2) return undefined
  const opcode = buffer[offset] & 0x0f
  const isCompressed = (buffer[offset] & 0x40) !== 0
  const length = buffer[offset + 1] & 0x7f
  if (length < 126) return { opcode, isCompressed, start: offset + 2, end: offset + 2 + length }
  const width = length === 126 ? 2 : 8
  if (buffer.length < offset + 2 + width) return undefined
  const start = offset + 2 + width
  const size = width === 2 ? buffer.readUInt16BE(offset + 2) : Number(buffer.readBigUInt64BE(offset + 2))
  return { opcode, isCompressed, start, end: start + size }
}
