import { useCallback, useSyncExternalStore } from 'react'
import type { Stop } from '../types.js'
import { isEqual } from './is-equal.js'

/** Who is in a channel, as a channel says it. */
interface Roster<Member> {
  readonly members: readonly Member[]
  onChange(listener: () => void): Stop
}

/** How many are in a channel, as a channel says it. */
interface Counted {
  readonly count: number
  onChange(listener: () => void): Stop
}

const nobody: readonly never[] = []

/**
 * Who is in a channel, oldest member first. The same array until somebody comes, goes or changes, and the same object
 * for who has not changed; nobody on a server.
 */
export function usePresence<Member extends object>(channel: {
  readonly presence: Roster<Member>
}): readonly Member[] {
  return useMembers(channel.presence)
}

/** How many are in a channel; 0 on a server. */
export function useMemberCount(channel: { readonly presence: Counted }): number {
  return useCount(channel.presence)
}

/** The number for a channel that may have no presence, and nobody in it then. */
export function useCount(presence: Counted | undefined): number {
  const subscribe = useCallback((changed: () => void) => presence?.onChange(changed) ?? stop, [presence])
  return useSyncExternalStore(
    subscribe,
    () => presence?.count ?? 0,
    () => 0,
  )
}

function stop(): void {
  // There was nothing to listen to.
}

/** The members of a channel that may tell of none. */
export function useMembers<Member extends object>(
  presence: Roster<Member> | Counted | undefined,
): readonly Member[] {
  const list = presence && 'members' in presence ? listOf(presence) : none
  return useSyncExternalStore(list.subscribe, list.members, () => nobody)
}

interface MemberList<Member> {
  subscribe(changed: () => void): Stop
  members(): readonly Member[]
}

const none: MemberList<never> = { subscribe: () => stop, members: () => nobody }
const lists = new WeakMap<object, MemberList<never>>()

/** One list for all components that show it. A snapshot that says nothing new, as after a reconnect, changes nothing. */
function listOf<Member extends object>(roster: Roster<Member>): MemberList<Member> {
  const known = lists.get(roster)
  if (known) return known
  let seen: readonly Member[] = nobody
  let shown: readonly Member[] = nobody
  const list: MemberList<Member> = {
    subscribe: (changed) => roster.onChange(changed),
    members() {
      if (seen !== roster.members) shown = keep(shown, roster.members)
      seen = roster.members
      return shown
    },
  }
  lists.set(roster, list as MemberList<never>)
  return list
}

/** `now` with what is as it was before. */
function keep<Member extends object>(before: readonly Member[], now: readonly Member[]): readonly Member[] {
  const known = new Map(before.map((member) => [idOf(member), member]))
  const kept = now.map((member) => {
    const last = known.get(idOf(member))
    return last && isEqual(last, member) ? last : member
  })
  const isSame = kept.length === before.length && kept.every((member, index) => member === before[index])
  return isSame ? before : kept
}

/** A member is a connection or a user. */
function idOf(member: { readonly connection?: string; readonly user?: string }): string | undefined {
  return member.user ?? member.connection
}
