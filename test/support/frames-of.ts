/** A frame as it goes over the wire (RFC 6455, section 5.2). */
export interface WireFrame {
  readonly opcode: number
  /** Whether the first reserved bit is set (RFC 7692, section 6). */
  readonly compressed: boolean
  readonly length: number
  readonly payload: Buffer
}

/** The whole, unmasked frames at the beginning of some bytes. */
export function framesOf(bytes: Buffer): WireFrame[] {
  const frames: WireFrame[] = []
  for (let at = 0; at + 2 <= bytes.length; ) {
    const first = bytes.readUInt8(at)
    const code = bytes.readUInt8(at + 1)
    const header = code < 126 ? 2 : code === 126 ? 4 : 10
    const length =
      code < 126 ? code : code === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
    const payload = bytes.subarray(at + header, at + header + length)
    frames.push({ opcode: first & 0x0f, compressed: (first & 0x40) !== 0, length, payload })
    at += header + length
  }
  return frames
}
