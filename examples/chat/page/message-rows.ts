import type { ChatRoomSaid } from '../generated/client.js'
import { make, paintAvatar, toHue } from './dom.js'

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' })
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' })

/** The row of one line: who, when, what. Grouping hides who and when by CSS. */
export function makeLineRow(line: ChatRoomSaid, mine: boolean): HTMLElement {
  const at = new Date(line.at)
  const time = make('time', { datetime: at.toISOString(), title: moment.format(at) }, clock.format(at))
  const author = make('span', { class: 'author' }, mine ? 'You' : line.from)
  const avatar = paintAvatar(make('span', { class: 'avatar', 'aria-hidden': 'true' }), line.from)
  const text = make('p', { class: 'text', dir: 'auto' }, ...linkify(line.text))
  const body = make('div', { class: 'body' }, make('p', { class: 'meta' }, author, ' ', time), text)
  const row = make('li', { class: mine ? 'line mine' : 'line', 'data-id': line.id }, avatar, body)
  row.style.setProperty('--hue', String(toHue(line.from)))
  return row
}

/** The row of a line that the server has not answered yet. */
export function makePendingRow(text: string): HTMLElement {
  const note = make('p', { class: 'meta' }, make('span', { class: 'note' }, 'Sending…'))
  const body = make(
    'div',
    { class: 'body' },
    make('p', { class: 'text', dir: 'auto' }, ...linkify(text)),
    note,
  )
  return make('li', { class: 'line mine pending' }, body)
}

export function makeDayRow(at: number): HTMLElement {
  const date = new Date(at)
  return make('li', { class: 'day' }, make('time', { datetime: toDayKey(at) }, nameDay(date)))
}

export function makeUnreadRow(): HTMLElement {
  return make('li', { class: 'unread-mark' }, make('span', {}, 'New messages'))
}

/** The local date as `2026-01-31`. */
export function toDayKey(at: number): string {
  const date = new Date(at)
  const pad = (number: number) => String(number).padStart(2, '0')
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
}

function nameDay(date: Date): string {
  const today = new Date()
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)
  if (date.toDateString() === today.toDateString()) return 'Today'
  if (date.toDateString() === yesterday.toDateString()) return 'Yesterday'
  return day.format(date)
}

/** The text with its web addresses as links. */
function linkify(text: string): readonly (Node | string)[] {
  return text.split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/).map((part, index) => {
    if (index % 2 === 0 || !URL.canParse(part)) return part
    return make('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part)
  })
}
