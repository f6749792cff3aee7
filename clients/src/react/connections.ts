import { makeIdle } from '../create-client.js'
import type { Connection, Stop } from '../types.js'
import { Lease } from './lease.js'

/** One connection that components share. */
export interface Shared<T> {
  readonly connection: T
  take(graceMs: number): Stop
}

/**
 * The connections of one client, by route and arguments. One that nobody uses is idle and held by nobody but those who
 * have drawn it: a component that is thrown away, or drawn on a server, leaves nothing behind.
 */
export class Connections {
  static readonly #all = new WeakMap<object, Connections>()
  readonly #known = new Map<string, WeakRef<Shared<unknown>>>()
  readonly #inUse = new Set<object>()
  readonly #collected = new FinalizationRegistry<string>((key) => {
    if (this.#known.get(key)?.deref() === undefined) this.#known.delete(key)
  })

  static of(client: object): Connections {
    const connections = Connections.#all.get(client) ?? new Connections()
    Connections.#all.set(client, connections)
    return connections
  }

  /** The connection of this key, or the one that `open` makes. One key always has connections of one type. */
  find<T extends Connection<object>>(key: string, open: () => T): Shared<T> {
    const known = this.#known.get(key)?.deref() as Shared<T> | undefined
    if (known) return known
    const shared = this.#share(key, makeIdle(open))
    this.#known.set(key, new WeakRef(shared))
    this.#collected.register(shared, key)
    return shared
  }

  #share<T extends Connection<object>>(key: string, connection: T): Shared<T> {
    const lease = new Lease({
      begin: () => {
        this.#inUse.add(shared)
        connection.connect()
      },
      end: () => {
        this.#inUse.delete(shared)
        if (this.#known.get(key)?.deref() === shared) this.#known.delete(key)
        connection.close()
      },
    })
    const shared: Shared<T> = { connection, take: (graceMs) => lease.take(graceMs) }
    return shared
  }
}

/** The same text for the same arguments, in whatever order they are written. */
export function toKey(route: string, args: object): string {
  return `${route} ${JSON.stringify(args, (_, value: unknown) => sorted(value))}`
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
