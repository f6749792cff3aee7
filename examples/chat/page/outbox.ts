import type { ChatRoomSaid } from '../generated/client.js'
import { make } from './dom.js'
import { makePendingRow } from './message-rows.js'

interface Pending {
  readonly text: string
  readonly row: HTMLElement
}

/** What was written and is not in the history yet: shown at once, and offered again when it failed. */
export class Outbox {
  readonly #send: (text: string) => Promise<ChatRoomSaid>
  readonly #changed: (rows: readonly HTMLElement[]) => void
  #pending: readonly Pending[] = []

  constructor(
    send: (text: string) => Promise<ChatRoomSaid>,
    changed: (rows: readonly HTMLElement[]) => void,
  ) {
    this.#send = send
    this.#changed = changed
  }

  post(text: string): void {
    const pending = { text, row: makePendingRow(text) }
    this.#set([...this.#pending, pending])
    this.#send(text).then(
      () => this.#remove(pending),
      (error: unknown) => this.#offerAgain(pending, error),
    )
  }

  /** An own line has come back: what was waiting for it is done. */
  arrived(line: ChatRoomSaid): void {
    const pending = this.#pending.find(({ text }) => text === line.text)
    if (pending !== undefined) this.#remove(pending)
  }

  clear(): void {
    this.#set([])
  }

  #offerAgain(pending: Pending, error: unknown): void {
    if (!this.#pending.includes(pending)) return
    const again = make('button', { class: 'again', type: 'button' }, 'Send again')
    const discard = make('button', { class: 'again', type: 'button' }, 'Discard')
    again.addEventListener('click', () => {
      this.#remove(pending)
      this.post(pending.text)
    })
    discard.addEventListener('click', () => this.#remove(pending))
    const reason = error instanceof Error ? `Not sent. ${error.message}` : 'Not sent.'
    pending.row.classList.add('failed')
    pending.row
      .querySelector('.meta')
      ?.replaceChildren(make('span', { class: 'note' }, reason), again, discard)
    this.#set(this.#pending)
  }

  #remove(pending: Pending): void {
    this.#set(this.#pending.filter((other) => other !== pending))
  }

  #set(pending: readonly Pending[]): void {
    this.#pending = pending
    this.#changed(pending.map(({ row }) => row))
  }
}
