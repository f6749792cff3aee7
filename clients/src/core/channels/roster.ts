import type { Member, PresenceChange } from '@wirepact/protocol'
import type { ChannelMember, Presence, Stop } from '../../types.js'
import { Listeners } from '../listeners/listeners.js'

/** Who is in a channel, oldest member first. */
export type Members = readonly ChannelMember<unknown>[]

export function toMember([connection, data]: Member): ChannelMember<unknown> {
  return { connection, data }
}

/** Who is in a channel, as last known. */
export class Roster implements Presence<unknown> {
  readonly #listeners: Listeners<[Members]>
  /** By connection: who joins comes last, who is there already keeps the place. */
  #members = new Map<string, ChannelMember<unknown>>()
  members: Members = []

  constructor(report: (thrown: unknown) => void) {
    this.#listeners = new Listeners(report)
  }

  onChange(listener: (members: Members) => void): Stop {
    return this.#listeners.add(listener)
  }

  /** The members of a snapshot, in its order. */
  reset(snapshot: readonly Member[]): void {
    const before = this.#members.size
    this.#members = new Map(snapshot.map((member) => [member[0], toMember(member)]))
    if (before + snapshot.length > 0) this.#tell()
  }

  apply(changes: readonly PresenceChange[]): void {
    for (const [change, connection, data] of changes) {
      if (change === 'leave') this.#members.delete(connection)
      else this.#members.set(connection, { connection, data })
    }
    this.#tell()
  }

  #tell(): void {
    this.members = [...this.#members.values()]
    this.#listeners.emit(this.members)
  }
}
