import type { Peer } from './peers.mjs'
import type { Socket } from './socket.mjs'

/** A server with its clients; see `measure.mjs`. */
export class Contender {
  static start(options: { readonly name: string; readonly connections: number }): Promise<Contender>
  readonly peer: Peer
  readonly sockets: readonly Socket[]
  stop(): Promise<void>
}

export function inTurn<Side>(sides: { ours: Side; theirs: Side }, round: number): ['ours' | 'theirs', Side][]
