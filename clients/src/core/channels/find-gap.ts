import type { GapReason, Joined, Position } from '@wirepact/protocol'

/**
 * Why publications were missed that will not come, where there are any: seen from where the channel stood before
 * `joined`. A server that looked at that position says whether all follows; one that did not, started afresh, and then
 * the positions themselves tell.
 */
export function findGap(
  before: Position,
  { position, recovered, reason, latest }: Joined,
): GapReason | undefined {
  if (recovered === false || !position) return reason ?? 'no-history'
  if (position[0] !== before[0]) return 'epoch-changed'
  return position[1] > before[1] && !latest ? 'too-many' : undefined
}
