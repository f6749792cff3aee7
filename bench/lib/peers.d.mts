import type { Socket } from './socket.mjs'

/** How the load generator speaks to a server; see `peers.mjs`. */
export interface Peer {
  open(port: number): Promise<Socket>
  request(id: number): string
  readReply(text: string): { readonly id: number; readonly receipt: unknown }
}

export const peers: Readonly<Record<'wirepact' | 'ws', Peer>>
