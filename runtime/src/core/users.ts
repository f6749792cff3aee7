import type { Connection } from './connection.js'

const nobody: ReadonlySet<Connection> = new Set()

/** Which connections each user has on this node. It knows identifiers; it does not know who gave them. */
export class Users {
  readonly #connections = new Map<string, Set<Connection>>()

  /** The connections of a user; a set that changes as they come and go. */
  of(user: string): ReadonlySet<Connection> {
    return this.#connections.get(user) ?? nobody
  }

  add(user: string, connection: Connection): void {
    const known = this.#connections.get(user)
    if (known === undefined) this.#connections.set(user, new Set([connection]))
    else known.add(connection)
  }

  remove(user: string, connection: Connection): void {
    const known = this.#connections.get(user)
    if (known?.delete(connection) && known.size === 0) this.#connections.delete(user)
  }
}
