import { byId, make } from './dom.js'
import { profile, toRoom } from './profile.js'

/** The rooms that were visited, and the field that opens another. A room is opened by its address. */
export class RoomList {
  readonly #list = byId('rooms', HTMLElement)
  readonly #form = byId('room-form', HTMLFormElement)
  readonly #input = byId('room-input', HTMLInputElement)

  constructor() {
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault()
      const room = toRoom(this.#input.value)
      if (room === '') return
      this.#input.value = ''
      location.hash = room
    })
  }

  show(current: string): void {
    this.#list.replaceChildren(...[...profile.rooms].sort().map((room) => this.#makeRoom(room, current)))
  }

  #makeRoom(room: string, current: string): HTMLElement {
    const isCurrent = room === current
    const link = make('a', { href: `#${room}`, ...(isCurrent && { 'aria-current': 'page' }) }, room)
    return make('li', {}, link, ...(isCurrent ? [] : [this.#makeForget(room, current)]))
  }

  #makeForget(room: string, current: string): HTMLElement {
    const button = make('button', { class: 'forget', type: 'button', 'aria-label': `Forget ${room}` }, '×')
    button.addEventListener('click', () => {
      profile.forget(room)
      this.show(current)
      this.#input.focus()
    })
    return button
  }
}
