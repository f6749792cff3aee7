import type { ChatRoomSaid } from '../generated/client.js'
import { byId, setChildren } from './dom.js'
import { makeDayRow, makeLineRow, makeUnreadRow, toDayKey } from './message-rows.js'
import type { Entry } from './timeline.js'

const sameGroupMs = 5 * 60_000
/** How far from the end still counts as reading the newest. */
const nearEnd = 60

/** Draws the lines of a room and keeps the reader's place. Knows rows and scrolling, not the connection. */
export class MessageList {
  readonly #scroller = byId('scroller', HTMLElement)
  readonly #log = byId('log', HTMLElement)
  readonly #list = byId('messages', HTMLElement)
  readonly #empty = byId('empty', HTMLElement)
  readonly #unread = byId('unread', HTMLButtonElement)
  readonly #rows = new Map<string, HTMLElement>()
  readonly #days = new Map<string, HTMLElement>()
  readonly #unreadRow = makeUnreadRow()
  readonly #isMine: (line: ChatRoomSaid) => boolean
  readonly #unreadChanged: () => void
  #entries: readonly Entry[] = []
  #pending: readonly HTMLElement[] = []
  #unreadIds: readonly string[] = []
  /** The line above which the mark stands; it stays where it was until the next batch of unread lines. */
  #markedId: string | undefined
  #atEnd = true

  constructor(isMine: (line: ChatRoomSaid) => boolean, unreadChanged: () => void) {
    this.#isMine = isMine
    this.#unreadChanged = unreadChanged
    this.#scroller.addEventListener('scroll', () => this.#noteScroll(), { passive: true })
    this.#unread.addEventListener('click', () => this.showEnd())
    document.addEventListener('visibilitychange', () => this.#noteScroll())
    new ResizeObserver(() => this.#atEnd && this.showEnd()).observe(this.#scroller)
  }

  /** How many lines came that the reader has not seen. */
  get unreadCount(): number {
    return this.#unreadIds.length
  }

  /** Draws these lines. `spoken` are those among them that somebody else said just now. */
  show(entries: readonly Entry[], spoken: readonly ChatRoomSaid[]): void {
    if (!this.#isReading()) this.#noteUnread(spoken.map(({ id }) => id))
    this.#entries = entries
    this.#draw()
  }

  showPending(rows: readonly HTMLElement[]): void {
    this.#pending = rows
    this.#draw()
  }

  /** Screen readers are told of new lines from now on, not of those that history filled in. */
  settle(): void {
    this.#log.setAttribute('aria-busy', 'false')
    this.#draw()
  }

  clear(): void {
    this.#rows.clear()
    this.#days.clear()
    this.#unreadIds = []
    this.#markedId = undefined
    this.#pending = []
    this.#atEnd = true
    this.#log.setAttribute('aria-busy', 'true')
    this.show([], [])
  }

  showEnd(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight
  }

  #draw(): void {
    const { scrollTop, scrollHeight } = this.#scroller
    const firstBefore = this.#list.querySelector('.line')
    setChildren(this.#list, [...this.#arrange(), ...this.#pending])
    this.#empty.hidden = this.#entries.length + this.#pending.length > 0 || this.#log.ariaBusy === 'true'
    if (this.#atEnd) this.showEnd()
    else if (this.#list.querySelector('.line') !== firstBefore) {
      this.#scroller.scrollTop = scrollTop + this.#scroller.scrollHeight - scrollHeight
    }
    this.#showUnread()
  }

  #arrange(): readonly HTMLElement[] {
    let previous: Entry | undefined
    return this.#entries.flatMap((entry) => {
      const newDay = previous === undefined || toDayKey(previous.line.at) !== toDayKey(entry.line.at)
      const newGroup = newDay || previous === undefined || !isSameGroup(previous, entry)
      previous = entry
      const row = this.#rowOf(entry)
      const marked = entry.line.id === this.#markedId
      row.classList.toggle('first', newGroup || marked)
      return [...(newDay ? [this.#dayOf(entry.line.at)] : []), ...(marked ? [this.#unreadRow] : []), row]
    })
  }

  #rowOf(entry: Entry): HTMLElement {
    const row = this.#rows.get(entry.line.id) ?? makeLineRow(entry.line, this.#isMine(entry.line))
    this.#rows.set(entry.line.id, row)
    return row
  }

  #dayOf(at: number): HTMLElement {
    const key = toDayKey(at)
    const row = this.#days.get(key) ?? makeDayRow(at)
    this.#days.set(key, row)
    return row
  }

  #noteUnread(ids: readonly string[]): void {
    if (this.#unreadIds.length === 0) this.#markedId = ids[0] ?? this.#markedId
    this.#unreadIds = [...this.#unreadIds, ...ids]
  }

  #isReading(): boolean {
    return this.#atEnd && document.visibilityState === 'visible'
  }

  #noteScroll(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller
    this.#atEnd = scrollHeight - scrollTop - clientHeight < nearEnd
    if (this.#unreadIds.length === 0 || !this.#isReading()) return
    this.#unreadIds = []
    this.#showUnread()
    this.#unreadChanged()
  }

  #showUnread(): void {
    const count = this.unreadCount
    this.#unread.hidden = count === 0 || this.#atEnd
    this.#unread.textContent = count === 1 ? '1 new message' : `${count} new messages`
  }
}

function isSameGroup({ line: a }: Entry, { line: b }: Entry): boolean {
  return a.from === b.from && b.at - a.at < sameGroupMs
}
