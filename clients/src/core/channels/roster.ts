import type { Member, PresenceChange } from '@wirepact/protocol'
import type { ChannelMember, Stop, UserMember } from '../../types.js'
import { Listeners } from '../listeners/listeners.js'

/** A connection, or a user with the number of connections. */
type Entry = ChannelMember<unknown> | UserMember<unknown>

type Told = readonly Entry[] & number

export function toMember([id, data, connections]: Member): Entry {
  return connections ? { user: id, data, connections } : { connection: id, data }
}

/** Who is in a channel as last known; or how many, where that is all that is told. */
export class Roster {
  readonly #listeners: Listeners<[Told]>
  /** By connection or user: who joins comes last, who is there already keeps the place. */
  #members = new Map<string, Entry>()
  members: readonly Entry[] = []
  count = 0
  #showsCount = false

  constructor(report: (thrown: unknown) => void) {
    this.#listeners = new Listeners(report)
  }

  onChange(listener: (told: Told) => void): Stop {
    return this.#listeners.add(listener)
  }

  /** The members of a snapshot, in its order, or their number. */
  reset(snapshot: readonly Member[], count?: number): void {
    const before = this.count
    this.#members = new Map(snapshot.map((member) => [member[0], toMember(member)]))
    if (before + snapshot.length > 0 || count) this.#tell(count)
  }

  apply(changes: readonly PresenceChange[]): void {
    let count: number | undefined
    for (const change of changes) {
      if (change[0] === 'count') count = change[1]
      else if (change[0] === 'leave') this.#members.delete(change[1])
      else this.#members.set(change[1], toMember([change[1], change[2], change[3]]))
    }
    this.#tell(count)
  }

  #tell(count?: number): void {
    this.#showsCount ||= count !== undefined
    this.members = [...this.#members.values()]
    this.count = count ?? this.#members.size
    this.#listeners.emit((this.#showsCount ? this.count : this.members) as Told)
  }
}
