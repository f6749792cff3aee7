import { constants, deflateRawSync } from 'node:zlib'
import type { Packet } from '../core/packet.js'
import { frameDeflated, framePacket } from './frame-packet.js'

/** How messages are compressed for clients that can read it (permessage-deflate, RFC 7692). */
export interface CompressionOptions {
  /** Smaller messages are sent as they are. Default 1,024. */
  readonly thresholdBytes?: number
  /**
   * Larger messages are sent as they are, so that compressing one never holds up the others for long. Default 1 MiB.
   */
  readonly maxBytes?: number
  /** From 1, the fastest, to 9, the smallest. Default 3. */
  readonly level?: number
}

/** How a message becomes the bytes of a frame. */
export interface Deflater {
  frame(packet: Packet): Uint8Array
}

/** What a host needs to compress: what to offer to clients, and what then makes frames. */
export interface Compression {
  readonly extension: { readonly serverNoContextTakeover: true; readonly clientNoContextTakeover: true }
  readonly deflater: Deflater
}

/**
 * Compression without any memory of earlier messages, in both directions: so a publication is compressed once for
 * all, and a connection holds nothing to be sent something. Throws a `RangeError` for sizes or a level that are none.
 */
export function createCompression(given: boolean | CompressionOptions = false): Compression | undefined {
  if (given === false) return undefined
  const { thresholdBytes = 1024, maxBytes = 1024 * 1024, level = 3 } = given === true ? {} : given
  if (!(thresholdBytes >= 0) || !(maxBytes >= 0))
    throw new RangeError('thresholdBytes and maxBytes are numbers from 0 on.')
  if (!Number.isInteger(level) || level < 1 || level > 9)
    throw new RangeError('A level of compression is an integer from 1 to 9.')
  return {
    extension: { serverNoContextTakeover: true, clientNoContextTakeover: true },
    deflater: { frame: (packet) => frame(packet, { thresholdBytes, maxBytes, level }) },
  }
}

/**
 * Whether the handshake that is about to be answered with these lines agrees on compression. A client that wants a
 * smaller window could not read what is made for all, so it is sent everything as it is.
 */
export function mayDeflate(lines: readonly string[]): boolean {
  const line = lines.find((one) => /^sec-websocket-extensions:/i.test(one))
  return line?.includes('permessage-deflate') === true && !line.includes('server_max_window_bits')
}

/** Made once a packet: members that can read it share one frame, and those that cannot another. */
function frame(packet: Packet, options: Required<CompressionOptions>): Uint8Array {
  packet.deflated ??= deflate(packet, options) ?? framePacket(packet)
  return packet.deflated
}

/** Undefined when it is not worth while. */
function deflate({ content }: Packet, options: Required<CompressionOptions>): Uint8Array | undefined {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  if (bytes.byteLength < options.thresholdBytes || bytes.byteLength > options.maxBytes) return undefined
  const deflated = deflateRawSync(bytes, { level: options.level, finishFlush: constants.Z_SYNC_FLUSH })
  // The last four bytes are the same for every message, and left out (RFC 7692, section 7.2.1).
  const payload = deflated.subarray(0, -4)
  return payload.byteLength < bytes.byteLength
    ? frameDeflated(payload, typeof content === 'string')
    : undefined
}
