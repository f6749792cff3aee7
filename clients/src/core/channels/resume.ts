import type { GapReason, Joined, Position } from '@wirepact/protocol'

export interface Resumption {
  readonly position: Position | undefined
  /** Present when publications were missed that will not come. */
  readonly reason?: GapReason
}

/**
 * Where a channel goes on after `joined`, seen from where it stood. A server that looked at the position says
 * whether all follows; one that did not, started afresh, and then the positions themselves tell.
 */
export function resume(before: Position | undefined, joined: Joined): Resumption {
  const { position, recovered } = joined
  if (before === undefined) return { position }
  if (recovered === false) return { position, reason: joined.reason ?? 'no-history' }
  if (position === undefined) return { position, reason: 'no-history' }
  if (position[0] !== before[0]) return { position, reason: 'epoch-changed' }
  return position[1] > before[1] ? { position, reason: 'too-many' } : { position: before }
}
