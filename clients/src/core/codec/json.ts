import { encodeFrame } from '@wirepact/protocol'
import type { Codec } from './codec.js'
import { decodeFrame } from './decode-frame.js'

/** What a connection speaks, unless a feature speaks more. */
export const json: Codec = { encode: encodeFrame, decode: decodeFrame }
