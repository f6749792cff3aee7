import {
  type ClientFrame,
  decodeBinaryFrame,
  decodeClientFrame,
  toWirepactError,
  WirepactError,
} from '@wirepact/protocol'
import type { Connection } from './connection.js'

/** A message as it came: text, or bytes. */
export type Message = string | Uint8Array

/** The frame of a message; what makes it none goes to `refuse`. */
export function readFrame(
  message: Message,
  connection: Connection,
  refuse: (error: WirepactError) => void,
): ClientFrame | undefined {
  try {
    return decode(message, connection)
  } catch (error) {
    refuse(toWirepactError(error))
    return undefined
  }
}

/** Throws what decoding throws, and `WRONG_KIND` for bytes that the route takes nowhere. */
function decode(message: Message, { core, admission }: Connection): ClientFrame {
  const { limits } = core
  const { bare } = admission.route
  if (bare !== undefined) return bare.read(message, limits)
  if (typeof message === 'string') return decodeClientFrame(message, limits)
  if (admission.route.takesBinary)
    return decodeBinaryFrame(message, (header) => decodeClientFrame(header, limits))
  throw new WirepactError('WRONG_KIND', 'This route takes text messages, not binary ones.')
}
