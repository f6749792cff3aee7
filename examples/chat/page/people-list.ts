import type { ChannelMember } from '@wirepact/client'
import type { ChatRoomPresence } from '../generated/client.js'
import { byId, make, paintAvatar } from './dom.js'

/** Who is in the room. Several tabs of one name are one person. */
export class PeopleList {
  readonly #list = byId('people', HTMLElement)
  readonly #count = byId('people-count', HTMLElement)
  readonly #summary = byId('room-people', HTMLElement)

  show(members: readonly ChannelMember<ChatRoomPresence>[], me: string): void {
    const tabs = new Map<string, number>()
    for (const { data } of members) tabs.set(data.name, (tabs.get(data.name) ?? 0) + 1)
    const rows = [...tabs].sort(([a], [b]) => Number(b === me) - Number(a === me) || a.localeCompare(b))
    this.#list.replaceChildren(...rows.map(([name, count]) => makePerson(name, { count, isMe: name === me })))
    this.#count.textContent = String(tabs.size)
    this.#summary.textContent = summarize(tabs.size)
  }

  /** While there is no connection nobody knows who is here. */
  showUnknown(): void {
    this.#list.replaceChildren()
    this.#count.textContent = '–'
    this.#summary.textContent = ''
  }
}

function makePerson(name: string, { count, isMe }: { count: number; isMe: boolean }): HTMLElement {
  const avatar = paintAvatar(make('span', { class: 'avatar', 'aria-hidden': 'true' }), name)
  const notes = [...(isMe ? ['you'] : []), ...(count > 1 ? [`${count} connections`] : [])]
  const note = make('span', { class: 'note' }, notes.join(', '))
  return make('li', { class: 'person' }, avatar, make('span', { class: 'person-name' }, name), note)
}

function summarize(count: number): string {
  if (count === 0) return ''
  return count === 1 ? 'Only you are here' : `${count} people here`
}
