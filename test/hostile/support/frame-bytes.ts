/** One frame as it goes over the wire (RFC 6455, section 5.2), right or wrong. */
export interface FrameParts {
  readonly opcode: number
  readonly payload?: string | Uint8Array
  /** Default true. */
  readonly fin?: boolean
  /** The three reserved bits. Default 0. */
  readonly rsv?: number
  /** Default true: clients have to. */
  readonly mask?: boolean
  /** The length that is announced, where it is not that of the payload. */
  readonly length?: bigint
  /** How the length is written. Default: as short as can be. */
  readonly lengthBytes?: 0 | 2 | 8
}

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

const maskKey = Buffer.from([0x37, 0xfa, 0x21, 0x3d])

export function frame(parts: FrameParts): Buffer {
  const { opcode, fin = true, rsv = 0, mask = true } = parts
  const payload = Buffer.from(parts.payload ?? '')
  const length = parts.length ?? BigInt(payload.length)
  const lengthBytes = parts.lengthBytes ?? (length < 126n ? 0 : length < 65_536n ? 2 : 8)
  const header = Buffer.alloc(2 + lengthBytes)
  header[0] = (fin ? 0x80 : 0) | (rsv << 4) | opcode
  header[1] = (mask ? 0x80 : 0) | (lengthBytes === 0 ? Number(length) : lengthBytes === 2 ? 126 : 127)
  if (lengthBytes === 2) header.writeUInt16BE(Number(length), 2)
  if (lengthBytes === 8) header.writeBigUInt64BE(length, 2)
  if (!mask) return Buffer.concat([header, payload])
  const masked = payload.map((byte, index) => byte ^ (maskKey[index % 4] as number))
  return Buffer.concat([header, maskKey, masked])
}

export const text = (payload: string | Uint8Array, parts: Partial<FrameParts> = {}) =>
  frame({ opcode: opcodes.text, payload, ...parts })
export const more = (payload: string | Uint8Array, parts: Partial<FrameParts> = {}) =>
  frame({ opcode: opcodes.continuation, payload, ...parts })
export const ping = (payload: string | Uint8Array = '', parts: Partial<FrameParts> = {}) =>
  frame({ opcode: opcodes.ping, payload, ...parts })

/** A close frame; without a code its payload is empty. */
export function close(code?: number, reason: string | Uint8Array = ''): Buffer {
  if (code === undefined) return frame({ opcode: opcodes.close })
  const start = Buffer.alloc(2)
  start.writeUInt16BE(code)
  return frame({ opcode: opcodes.close, payload: Buffer.concat([start, Buffer.from(reason)]) })
}

/** A text message in fragments, one for each part. */
export function fragments(parts: readonly (string | Uint8Array)[], opcode: number = opcodes.text): Buffer {
  const frames = parts.map((payload, index) =>
    frame({
      opcode: index === 0 ? opcode : opcodes.continuation,
      payload,
      fin: index === parts.length - 1,
    }),
  )
  return Buffer.concat(frames)
}
