import { hash } from 'node:crypto'
import type { Random } from '@wirepact/protocol'

/** Who a connection is: the secret session, and the public identifiers that are made from it. */
export interface Identity {
  /** Known to the client and the server alone: whoever has it goes on with the session. */
  readonly session: string
  /** The same for every connection of the session, and no way back to the session. */
  readonly origin: string
  /** The identifier of this connection: the origin and a part of its own. */
  readonly id: string
}

const sessionForm = /^[A-Za-z0-9_-]{16,64}$/

/** Goes on with the session that the client presents, or begins a new one when that has not the form of one. */
export function createIdentity(random: Random, presented: unknown): Identity {
  const session = typeof presented === 'string' && sessionForm.test(presented) ? presented : random.id()
  const origin = toOriginOf(session)
  return { session, origin, id: `${origin}.${random.id().slice(0, 6)}` }
}

/** The part of the identifiers of a session's connections that they all have. */
export function toOriginOf(session: string): string {
  return hash('sha256', session, 'base64url').slice(0, 16)
}

/** The part of a connection's identifier that stays over reconnects. */
export function toOrigin(connection: string): string {
  const dot = connection.indexOf('.')
  return dot < 0 ? connection : connection.slice(0, dot)
}
