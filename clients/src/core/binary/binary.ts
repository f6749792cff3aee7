import { type ClientFrame, decodeBinaryFrame, encodeBinaryFrame, type ServerFrame } from '@wirepact/protocol'
import { decodeFrame } from '../connection/decode-frame.js'
import type { Part } from '../part.js'
import { toBytes } from './to-bytes.js'

/**
 * The feature `binary`: a frame with a `Uint8Array` in it goes as bytes, and bytes that come are a frame. The
 * payload of one that came is a view of the message, which nobody else holds.
 */
export const binary = (): Part => ({ encode, decode })

function encode(frame: ClientFrame): Uint8Array | undefined {
  return frame.some((part) => part instanceof Uint8Array) ? encodeBinaryFrame(frame) : undefined
}

function decode(data: unknown): ServerFrame | undefined {
  const bytes = toBytes(data)
  return bytes && decodeBinaryFrame(bytes, decodeFrame)
}
