import type { Validator } from '../validator.js'

/** The validator of a message that carries nothing. */
export const noData: Validator = {
  check: (value) => value === undefined || value === null,
  explain: (value) => {
    if (value === undefined || value === null) return []
    return [{ path: '', keyword: 'type', message: 'must be absent: this message carries no data' }]
  },
}
