import { encodeFrame, WirepactError } from '@wirepact/protocol'
import type { Codec } from './codec.js'

/** What a connection speaks, unless a feature speaks more. */
export const json: Codec = { encode: encodeFrame, decode: decodeJson }

/** Throws `INVALID_FRAME` or `WRONG_KIND`. */
export function decodeJson(data: unknown): unknown {
  try {
    return JSON.parse(data as string)
  } catch (cause) {
    throw new WirepactError(typeof data === 'string' ? 'INVALID_FRAME' : 'WRONG_KIND', undefined, { cause })
  }
}
