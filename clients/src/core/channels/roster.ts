import type { Member, PresenceChange } from '@wirepact/protocol'
import type { ChannelMember, Presence, Stop } from '../../types.js'
import { Listeners } from '../listeners/listeners.js'

/** Who is in a channel, oldest member first. */
export type Members = readonly ChannelMember<unknown>[]

/** The members of a snapshot, in its order. */
export function toMembers(snapshot: readonly Member[]): Members {
  return snapshot.map(([connection, data]) => ({ connection, data }))
}

/** The members after `changes`, in a new array: who joins comes last, who is there already keeps the place. */
export function applyChanges(members: Members, changes: readonly PresenceChange[]): Members {
  const byConnection = new Map(members.map((member) => [member.connection, member]))
  for (const [change, connection, data] of changes) {
    if (change === 'leave') byConnection.delete(connection)
    else byConnection.set(connection, { connection, data })
  }
  return [...byConnection.values()]
}

/** Who is in a channel, as last known. */
export class Roster implements Presence<unknown> {
  readonly #listeners: Listeners<[Members]>
  #members: Members = []

  constructor(report: (thrown: unknown) => void) {
    this.#listeners = new Listeners(report)
  }

  get members(): Members {
    return this.#members
  }

  onChange(listener: (members: Members) => void): Stop {
    return this.#listeners.add(listener)
  }

  set(members: Members): void {
    if (members.length + this.#members.length === 0) return
    this.#members = members
    this.#listeners.emit(members)
  }
}
