import type { Validator } from '../validator.js'

export interface BytesOptions {
  /** The most bytes that fit. Default: no limit of the schema's own. */
  readonly maxBytes?: number
}

/** The validator of a payload that is raw bytes. */
export function bytes({ maxBytes = Number.POSITIVE_INFINITY }: BytesOptions = {}): Validator {
  return {
    content: 'binary',
    check: (value) => value instanceof Uint8Array && value.byteLength <= maxBytes,
    explain(value) {
      if (!(value instanceof Uint8Array))
        return [{ path: '', keyword: 'binary', message: 'must be a Uint8Array' }]
      if (value.byteLength <= maxBytes) return []
      return [{ path: '', keyword: 'maxBytes', message: `must not have more than ${maxBytes} bytes` }]
    },
  }
}
