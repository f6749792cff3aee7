import type { Member, PresenceChange } from '@wirepact/protocol/client'
import type { ChannelMember, Stop, UserMember } from '../../types.js'
import { createListeners } from '../listeners/listeners.js'

/** A connection, or a user with the number of connections. */
type Entry = ChannelMember<unknown> | UserMember<unknown>

export function toMember([id, data, connections]: Member): Entry {
  return connections ? { user: id, data, connections } : { connection: id, data }
}

/** Who is in a channel as last known. */
export interface Roster {
  /** What the user sees. */
  readonly presence: {
    members: readonly Entry[]
    count: number
    onChange(listener: (members: readonly Entry[]) => void): Stop
  }
  /** The members of a snapshot, in its order. Where they are only counted: their number. */
  reset(snapshot?: readonly Member[], count?: number): void
  apply(changes: readonly PresenceChange[]): void
}

export function createRoster(report: (thrown: unknown) => void): Roster {
  const { add, emit } = createListeners<[readonly Entry[]]>(report)
  const presence: Roster['presence'] = { members: [], count: 0, onChange: add }
  /** By connection or user: who joins comes last, who is there already keeps the place. */
  const members = new Map<string, Entry>()
  const apply = (changes: readonly PresenceChange[]) => {
    for (const [change, ...member] of changes as readonly [string, ...Member][]) {
      if (change === 'leave') members.delete(member[0])
      else if (/join|update/.test(change)) members.set(member[0], toMember(member))
    }
    if (presence.count || members.size) {
      presence.members = [...members.values()]
      presence.count = members.size
      emit(presence.members)
    }
  }
  return {
    presence,
    reset(snapshot = []) {
      members.clear()
      apply(snapshot.map((member) => ['join', ...member] as unknown as PresenceChange))
    },
    apply,
  }
}
