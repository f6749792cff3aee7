import type {
  MembersQuery,
  PresenceCount,
  PresenceEntry,
  PresenceEvent,
  PresentEntry,
  PresentUser,
  UserEntry,
} from './engine.js'

interface User {
  readonly order: number
  /** The metadata of each connection, the one that was entered last at the end. */
  readonly connections: Map<string, string>
}

/** Who is in one channel, in memory. */
export class Roster {
  readonly #members = new Map<string, PresentEntry>()
  #users: Map<string, User> | undefined
  #order = 0

  get size(): number {
    return this.#members.size
  }

  find(connection: string): PresentEntry | undefined {
    return this.#members.get(connection)
  }

  /** The metadata that any connection of a user entered last. */
  newestOf(user: string): string | undefined {
    const known = this.#users?.get(user)
    return known && toUser(user, known.connections).data
  }

  /** Adds a member, or replaces its metadata; its user stays. */
  enter(entry: PresenceEntry): PresenceEvent {
    const { connection, data, user } = entry
    const known = this.#members.get(connection)
    const order = known?.order ?? ++this.#order
    this.#members.set(connection, { ...entry, order })
    const change = known === undefined ? 'join' : 'update'
    if (user === undefined) return { change, connection, data }
    return { change, connection, data, user: this.#enterUser({ connection, data, user, order }) }
  }

  /** Undefined when there was no such member. */
  leave(connection: string): PresenceEvent | undefined {
    const known = this.#members.get(connection)
    if (known === undefined) return undefined
    this.#members.delete(connection)
    const user = this.#leaveUser(known)
    return { change: 'leave', connection, ...(user !== undefined && { user }) }
  }

  members(query: MembersQuery = {}): readonly PresentEntry[] {
    return pageOf(this.#members.values(), query)
  }

  users(query: MembersQuery = {}): readonly PresentUser[] {
    const users = Array.from(this.#users ?? [], ([user, { order, connections }]) => ({
      ...toUser(user, connections),
      order,
    }))
    return pageOf(users, query)
  }

  count(): PresenceCount {
    return { connections: this.#members.size, users: this.#users?.size ?? 0 }
  }

  #enterUser({ connection, data, user, order }: PresentEntry & { readonly user: string }): UserEntry {
    this.#users ??= new Map()
    const known: User = this.#users.get(user) ?? { order, connections: new Map() }
    this.#users.set(user, known)
    known.connections.delete(connection)
    known.connections.set(connection, data)
    return toUser(user, known.connections)
  }

  #leaveUser({ user, connection }: PresenceEntry): UserEntry | undefined {
    const known = user === undefined ? undefined : this.#users?.get(user)
    if (user === undefined || known === undefined) return undefined
    known.connections.delete(connection)
    if (known.connections.size === 0) this.#users?.delete(user)
    return toUser(user, known.connections)
  }
}

function toUser(user: string, connections: ReadonlyMap<string, string>): UserEntry {
  let newest = ''
  for (const data of connections.values()) newest = data
  return { user, data: newest, connections: connections.size }
}

function pageOf<Entry extends { readonly order: number }>(
  entries: Iterable<Entry>,
  { after = 0, limit = Number.POSITIVE_INFINITY }: MembersQuery,
): Entry[] {
  const page: Entry[] = []
  for (const entry of entries) {
    if (page.length >= limit) break
    if (entry.order > after) page.push(entry)
  }
  return page
}
