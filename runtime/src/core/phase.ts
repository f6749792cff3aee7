import type { Disconnect } from '../types.js'
import type { Backlog } from './backlog.js'

/**
 * Where a connection stands. `greeting`: waiting for `hello`. `connecting`: the connect handler runs, what
 * comes in waits and what goes out is held. `open`: both ways are free. `closing`: goodbye was said.
 */
export type Phase =
  | { readonly name: 'greeting' }
  | { readonly name: 'connecting'; readonly backlog: Backlog }
  | { readonly name: 'open' }
  | { readonly name: 'closing'; readonly code: number; readonly reason: string }
  | { readonly name: 'closed' }

export const open: Phase = { name: 'open' }
export const closed: Phase = { name: 'closed' }

/** How a connection has ended, as its handlers are told: the server's own reason, where no goodbye came back. */
export function toDisconnect(phase: Phase, end: Disconnect): Disconnect {
  if (phase.name !== 'closing' || end.wasClean) return end
  return { code: phase.code, reason: phase.reason, wasClean: false }
}
