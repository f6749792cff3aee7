import type { Connection } from '../connection.js'
import type { Core } from '../core.js'
import { toOrigin, toOriginOf } from '../identity.js'

/** Whom something is for: one session, by the public part of its identifier, or all that a user has. */
export type Target = { readonly origin: string } | { readonly user: string }

/** Throws a `TypeError` for what names nobody: it must not become everybody, nor somebody by chance. */
export function toTarget(given: object): Target {
  const { connection, user, session } = given as Readonly<Record<string, unknown>>
  const named = [connection, user, session].filter((name) => name !== undefined)
  if (named.length !== 1 || typeof named[0] !== 'string' || named[0] === '')
    throw new TypeError('Say whom it is for: { connection }, { user } or { session }, which are not empty.')
  if (typeof user === 'string') return { user }
  return { origin: typeof session === 'string' ? toOriginOf(session) : toOrigin(String(connection)) }
}

/** The connections that are meant, as far as they are on this node. */
export function findConnections(core: Core, target: Target): readonly Connection[] {
  if ('user' in target) return [...core.users.of(target.user)]
  const connection = core.connectionOf(target.origin)
  return connection === undefined ? [] : [connection]
}
