import type { ChannelMember } from '@wirepact/client'
import type { ChatRoomPresence } from '../generated/client.js'
import { byId, make, paintAvatar } from './dom.js'

type Member = ChannelMember<ChatRoomPresence>

/** Who is in the room. I am the one whose connection is mine; others of one name count as one person. */
export class PeopleList {
  readonly #list = byId('people', HTMLElement)
  readonly #count = byId('people-count', HTMLElement)
  readonly #summary = byId('room-people', HTMLElement)

  show(members: readonly Member[], isMe: (member: Member) => boolean): void {
    const me = members.find(isMe)
    const others = countNames(members.filter((member) => !isMe(member)))
    const rows = others.map(([name, count]) => makePerson(name, noteConnections(count)))
    this.#list.replaceChildren(...(me === undefined ? [] : [makePerson(me.data.name, 'you')]), ...rows)
    const count = this.#list.childElementCount
    this.#count.textContent = String(count)
    this.#summary.textContent = summarize(count, me !== undefined)
  }

  /** While there is no connection nobody knows who is here. */
  showUnknown(): void {
    this.#list.replaceChildren()
    this.#count.textContent = '–'
    this.#summary.textContent = ''
  }
}

/** Every name once, in alphabetical order, with the number of connections that have it. */
function countNames(members: readonly Member[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const { data } of members) counts.set(data.name, (counts.get(data.name) ?? 0) + 1)
  return [...counts].sort(([a], [b]) => a.localeCompare(b))
}

function noteConnections(count: number): string {
  return count > 1 ? `${count} connections` : ''
}

function makePerson(name: string, note: string): HTMLElement {
  const avatar = paintAvatar(make('span', { class: 'avatar', 'aria-hidden': 'true' }), name)
  const label = make('span', { class: 'person-name' }, name)
  return make('li', { class: 'person' }, avatar, label, make('span', { class: 'note' }, note))
}

function summarize(count: number, amIHere: boolean): string {
  if (count === 0) return ''
  if (count === 1 && !amIHere) return '1 person here'
  return count === 1 ? 'Only you are here' : `${count} people here`
}
