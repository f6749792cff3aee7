import type { Peer } from '../lib/peers.mjs'
import type { Socket } from '../lib/socket.mjs'

/** See `request.mjs`. */
export function exchange(
  contender: { readonly peer: Peer; readonly sockets: readonly Socket[] },
  options: { readonly inFlight: number; readonly perSocket: number },
): Promise<unknown>
