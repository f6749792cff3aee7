import { closest } from '../diagnose/suggest.js'
import type { Rule } from './rule.js'

/** INVALID_AUTH: a requirement that nobody could check would let everybody in. */
export const auth: Rule = ({ model }) =>
  model.parts
    .filter(({ options }) => options.auth !== undefined && !isAuth(options.auth))
    .map(({ options, path }) => {
      const given = options.auth
      const meant = typeof given === 'string' ? (closest(given, ['required']) ?? `['${given}']`) : 'required'
      const message = 'auth is "required" or a list of scopes, which are strings and at least one.'
      return { code: 'INVALID_AUTH', message, path: [...path, 'auth'], suggestion: meant }
    })

function isAuth(value: unknown): boolean {
  if (value === 'required') return true
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((scope) => typeof scope === 'string' && scope !== 'required' && /^[\x21-\x7E]+$/.test(scope))
  )
}
