import type { Position } from '@wirepact/protocol'
import { toPosition } from '../channel/encode.js'

/** The positions that have the form of one; more than a connection may have channels are left out. */
export function readPositions(given: unknown, maxChannels: number): Map<string, Position> {
  const positions = new Map<string, Position>()
  if (typeof given !== 'object' || given === null) return positions
  for (const [channel, value] of Object.entries(given).slice(0, maxChannels)) {
    const position = toPosition(value)
    if (position !== undefined) positions.set(channel, position)
  }
  return positions
}
