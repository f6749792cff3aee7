import type { ChannelMember } from '@wirepact/runtime'
import type { LabConnection } from '../runtime/api/generated/client.js'
import type { Disk } from './disk.js'
import type { Observer } from './observer.js'

/** One person with one connection. */
export interface Person {
  readonly name: string
  readonly connection: LabConnection
  readonly room: Observer
  readonly log: Observer
  readonly roomName: string
  /** Whether the log is meant to be subscribed. */
  listens: boolean
  stopLog: (() => void) | undefined
}

/** The last publication of a channel, and who has to have seen it. */
export interface Last {
  readonly observers: readonly Observer[]
  readonly name: string
  readonly position: readonly [epoch: string, offset: number] | undefined
}

/** What was wrong with what people were told. */
export function judgeMessages(disk: Disk, people: readonly Person[], last: readonly Last[]): string[] {
  const wrong: string[] = []
  for (const { name, connection, room, log } of people) {
    if (connection.status.state !== 'open') wrong.push(`${name} ends as ${JSON.stringify(connection.status)}`)
    wrong.push(...room.judge(disk), ...log.judge(disk))
  }
  for (const { observers, name, position } of last) {
    if (position === undefined) continue
    for (const observer of observers) {
      if (observer.hasSeen(disk, ...position)) continue
      wrong.push(`${observer.client} never saw the last publication of ${name}: ${position.join('/')}`)
    }
  }
  return wrong
}

/** What was wrong with what was said: nothing is published twice, and what was queued at last is published. */
export function judgeSaid(disk: Disk, queued: readonly string[]): string[] {
  const published = [...disk.truth.values()].map(({ text }) => text)
  const lost = queued.filter((text) => !published.includes(text))
  const twice = published.filter((text, index) => published.indexOf(text) < index)
  return [
    ...lost.map((text) => `${text} was queued and never sent`),
    ...twice.map((text) => `${text} was sent twice`),
  ]
}

/** What was wrong with who is said to be in a room, on the server and in every client. */
export function judgePresence(
  room: string,
  members: readonly ChannelMember<{ name: string }>[],
  people: readonly Person[],
): string[] {
  const here = people.filter(({ roomName }) => roomName === room)
  const expected = toNames(here.map(({ name }) => ({ data: { name } })))
  const seen = here.map(({ name, connection }) => ({
    name,
    members: connection.channels.room().presence.members,
  }))
  return [{ name: 'the server', members }, ...seen]
    .filter(({ members: found }) => toNames(found) !== expected)
    .map(({ name, members: found }) => `${name} sees ${toNames(found)} in ${room} instead of ${expected}`)
}

function toNames(members: readonly { readonly data: { readonly name: string } }[]): string {
  return members
    .map(({ data }) => data.name)
    .sort()
    .join()
}
