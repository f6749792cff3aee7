import { WirepactError } from '@wirepact/protocol/client'

/** Throws `INVALID_FRAME` or `WRONG_KIND`. */
export function decodeJson(data: unknown): unknown {
  try {
    return JSON.parse(data as string)
  } catch (cause) {
    throw new WirepactError(typeof data === 'string' ? 'INVALID_FRAME' : 'WRONG_KIND', undefined, { cause })
  }
}
