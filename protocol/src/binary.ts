import { encodeFrame } from './codec.js'
import { WirepactError } from './errors.js'
import type { Frame } from './frames.js'

/** Both are globals of every platform that Wirepact runs on; this package is compiled for none in particular. */
declare class TextEncoder {
  encode(text: string): Uint8Array
}
declare class TextDecoder {
  constructor(label: 'utf-8', options: { readonly fatal: boolean; readonly ignoreBOM: boolean })
  decode(bytes: Uint8Array): string
}

/** Where the payload stands in each frame that may carry bytes. */
const payloadAt: Readonly<Record<string, number>> = {
  event: 2,
  reply: 2,
  item: 2,
  request: 3,
  stream: 3,
  publication: 3,
}

const lengthBytes = 4

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * The binary message of a frame whose payload, in its place, is a `Uint8Array`: the length of the header (an
 * unsigned 32-bit integer, big-endian), the header, the payload. Throws `NOT_SERIALIZABLE` for any other frame.
 */
export function encodeBinaryFrame(frame: Frame): Uint8Array {
  const at = findPayload(frame)
  const payload: unknown = at === undefined ? undefined : frame[at]
  if (at === undefined || !(payload instanceof Uint8Array)) {
    throw new WirepactError('NOT_SERIALIZABLE', 'The payload of a binary frame has to be a Uint8Array.')
  }
  const header = encoder.encode(encodeFrame(withPayload(frame, at, null)))
  const message = new Uint8Array(lengthBytes + header.length + payload.length)
  new DataView(message.buffer).setUint32(0, header.length)
  message.set(header, lengthBytes)
  message.set(payload, lengthBytes + header.length)
  return message
}

/**
 * The frame of a binary message, the payload in its place. `decodeHeader` reads the header: `decodeClientFrame`
 * or `decodeServerFrame` with its limits. The payload is a view of `message`, not a copy. Throws
 * `INVALID_FRAME` for what has not the form of a binary frame, and what `decodeHeader` throws.
 */
export function decodeBinaryFrame<F extends readonly unknown[]>(
  message: Uint8Array,
  decodeHeader: (text: string) => F,
): F {
  const end = lengthBytes + readHeaderLength(message)
  const frame = decodeHeader(readText(message.subarray(lengthBytes, end)))
  const at = findPayload(frame)
  if (at === undefined || frame[at] !== null) {
    throw new WirepactError('INVALID_FRAME', 'A binary frame has null in the place of its payload.')
  }
  const payload = new Uint8Array(message.buffer, message.byteOffset + end, message.byteLength - end)
  return withPayload(frame, at, payload)
}

function findPayload([type]: readonly unknown[]): number | undefined {
  return Object.hasOwn(payloadAt, type as string) ? payloadAt[type as string] : undefined
}

function withPayload<F extends readonly unknown[]>(frame: F, at: number, payload: unknown): F {
  const parts: unknown[] = [...frame]
  parts[at] = payload
  return parts as unknown as F
}

function readHeaderLength(message: Uint8Array): number {
  const { buffer, byteOffset, byteLength } = message
  const length = byteLength < lengthBytes ? undefined : new DataView(buffer, byteOffset).getUint32(0)
  if (length === undefined || length > byteLength - lengthBytes) {
    throw new WirepactError('INVALID_FRAME', 'A binary frame begins with the length of its header.')
  }
  return length
}

function readText(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new WirepactError('INVALID_FRAME', 'The header of a binary frame is UTF-8.')
  }
}
