import type { Member, PresenceChange } from '@wirepact/protocol'
import type { ChannelMember, Stop, UserMember } from '../../types.js'
import { createListeners } from '../listeners/listeners.js'

/** A connection, or a user with the number of connections. */
type Entry = ChannelMember<unknown> | UserMember<unknown>

type Told = readonly Entry[] & number

export function toMember([id, data, connections]: Member): Entry {
  return connections ? { user: id, data, connections } : { connection: id, data }
}

/** Who is in a channel as last known; or how many, where that is all that is told. */
export interface Roster {
  /** What the user sees. */
  readonly presence: {
    members: readonly Entry[]
    count: number
    onChange(listener: (told: Told) => void): Stop
  }
  /** The members of a snapshot, in its order, or their number. */
  reset(snapshot?: readonly Member[], count?: number): void
  apply(changes: readonly PresenceChange[]): void
}

export function createRoster(report: (thrown: unknown) => void): Roster {
  const { add, emit } = createListeners<[Told]>(report)
  const presence: Roster['presence'] = { members: [], count: 0, onChange: add }
  /** By connection or user: who joins comes last, who is there already keeps the place. */
  let members = new Map<string, Entry>()
  let showsCount = false
  const tell = (count?: number) => {
    showsCount ||= count !== undefined
    presence.members = [...members.values()]
    presence.count = count ?? members.size
    emit((showsCount ? presence.count : presence.members) as Told)
  }
  return {
    presence,
    reset(snapshot = [], count) {
      members = new Map(snapshot.map((member) => [member[0], toMember(member)]))
      if (presence.count || count || members.size) tell(count)
    },
    apply(changes) {
      let count: number | undefined
      for (const [change, id, ...rest] of changes) {
        if (change === 'count') count = id
        else if (change === 'leave') members.delete(id)
        else members.set(id, toMember([id, ...rest] as unknown as Member))
      }
      tell(count)
    },
  }
}
