import type { GapReason, Joined, Position } from '@wirepact/protocol'

export interface Resumption {
  readonly position: Position | undefined
  /** Present when publications were missed that will not come. */
  readonly reason?: GapReason | undefined
}

/**
 * Where a channel goes on after `joined`, seen from where it stood. A server that looked at the position says
 * whether all follows; one that did not, started afresh, and then the positions themselves tell.
 */
export function resume(before: Position | undefined, joined: Joined): Resumption {
  const { position } = joined
  const reason = before && findGap(before, joined)
  return { position: reason || !before ? position : before, reason }
}

function findGap(before: Position, { position, recovered, reason, latest }: Joined): GapReason | undefined {
  if (recovered === false || !position) return reason ?? 'no-history'
  if (position[0] !== before[0]) return 'epoch-changed'
  return position[1] > before[1] && !latest ? 'too-many' : undefined
}
