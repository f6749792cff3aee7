import {
  type ClientFrame,
  decodeBinaryFrame,
  encodeBinaryFrame,
  encodeFrame,
} from '@wirepact/protocol/client'
import type { Core } from '../core.js'
import { decodeJson } from './json.js'
import { toBytes } from './to-bytes.js'

/**
 * The feature `binary`: a frame with a `Uint8Array` in it goes as bytes, and bytes that come are a frame. The
 * payload of one that came is a view of the message, which nobody else holds.
 */
export function binary(core: Core): void {
  Object.assign(core, { encode, decode })
}

function encode(frame: ClientFrame): string | Uint8Array {
  return frame.some((part) => part instanceof Uint8Array) ? encodeBinaryFrame(frame) : encodeFrame(frame)
}

function decode(data: unknown): unknown {
  const bytes = toBytes(data)
  return bytes ? decodeBinaryFrame(bytes, decodeHeader) : decodeJson(data)
}

function decodeHeader(text: string): readonly unknown[] {
  const header = decodeJson(text)
  return Array.isArray(header) ? header : []
}
