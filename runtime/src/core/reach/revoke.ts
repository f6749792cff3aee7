import { closeCodes } from '@wirepact/protocol'
import { requireCloseArguments } from '../closing.js'
import type { Core } from '../core.js'
import { findConnections, type Target, toTarget } from './target.js'

const defaultReason = 'Access was taken back.'

/** Takes back what was given to somebody, on every node. Resolves with how many connections ended on this one. */
export async function revoke(core: Core, whom: object, reason = defaultReason): Promise<number> {
  requireCloseArguments(closeCodes.REVOKED, reason)
  const target = toTarget(whom)
  await core.open()
  const count = await revokeHere(core, target, reason)
  await core.nodes.tell({ kind: 'revoke', target, reason })
  return count
}

/**
 * Forgets the sessions first, so that whoever is told at once cannot come back with one; then ends what is there. Who is
 * just being let in, and turns out to be the user, is noticed then.
 */
export async function revokeHere(core: Core, target: Target, reason: string): Promise<number> {
  if ('user' in target) core.revocations.note(target.user, reason)
  const connections = findConnections(core, target)
  const origins = 'user' in target ? connections.map(({ origin }) => origin) : [target.origin]
  try {
    await Promise.all(origins.map((origin) => core.sessions.revoke(origin)))
  } finally {
    for (const origin of origins) core.connectionOf(origin)?.end(closeCodes.REVOKED, reason)
  }
  return connections.length
}
