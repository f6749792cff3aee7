import { WirepactError } from '@wirepact/protocol'
import type { Grant } from '../types.js'

/** What `grant` was called with. */
export type Granting = readonly [] | readonly [grant: Grant]

/** Nothing at all is the grant of somebody; a lookup that found nobody is none. Throws `INVALID_GRANT`. */
export function readGrant(given: Granting): Grant {
  const [grant = {}] = given
  if (given.length > 0 && (typeof given[0] !== 'object' || given[0] === null))
    throw invalid('A grant is an object: whoever is not known is granted nothing.')
  return grant
}

/** What would let somebody in who was not meant, such as an expiry that is no number, is refused. */
export function requireGrant({ user, scopes, expiresAt }: Grant, maxUserLength: number): void {
  const isUser = typeof user === 'string' && user !== '' && user.length <= maxUserLength
  if (user !== undefined && !isUser)
    throw invalid(`A user is named by a string of 1 to ${maxUserLength} characters.`)
  if (scopes !== undefined && !Array.isArray(scopes)) throw invalid('Scopes are a list of strings.')
  const isTime = typeof expiresAt === 'number' && !Number.isNaN(expiresAt)
  if (expiresAt !== undefined && !isTime) throw invalid('An expiry is a number of milliseconds.')
}

function invalid(message: string): WirepactError {
  return new WirepactError('INVALID_GRANT', message)
}
