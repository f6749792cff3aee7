import {
  type ClientFrame,
  decodeBinaryFrame,
  encodeBinaryFrame,
  encodeFrame,
  type ServerFrame,
} from '@wirepact/protocol'
import type { Part } from '../part.js'
import { decodeFrame } from './decode-frame.js'
import { toBytes } from './to-bytes.js'

/**
 * The feature `binary`: a frame with a `Uint8Array` in it goes as bytes, and bytes that come are a frame. The
 * payload of one that came is a view of the message, which nobody else holds.
 */
export const binary = (): Part => ({ codec: { encode, decode } })

function encode(frame: ClientFrame): string | Uint8Array {
  return frame.some((part) => part instanceof Uint8Array) ? encodeBinaryFrame(frame) : encodeFrame(frame)
}

function decode(data: unknown): ServerFrame {
  const bytes = toBytes(data)
  return bytes ? decodeBinaryFrame(bytes, decodeFrame) : decodeFrame(data)
}
