import type { ChatRoomSaid } from '../generated/client.js'

/** One line with its place in the room's history. */
export interface Entry {
  readonly line: ChatRoomSaid
  readonly offset: number
}

const maxEntries = 1_000

/** What was said in a room, in the order of history, each line once. Knows nothing of the page. */
export class Timeline {
  readonly #byOffset = new Map<number, Entry>()
  #entries: readonly Entry[] = []

  /** Oldest first. */
  get entries(): readonly Entry[] {
    return this.#entries
  }

  get oldestOffset(): number | undefined {
    return this.#entries[0]?.offset
  }

  /** Whether any of these was not there yet. */
  add(entries: readonly Entry[]): boolean {
    const fresh = entries.filter((entry) => !this.#byOffset.has(entry.offset))
    for (const entry of fresh) this.#byOffset.set(entry.offset, entry)
    if (fresh.length > 0) this.#entries = [...this.#byOffset.values()].sort((a, b) => a.offset - b.offset)
    return fresh.length > 0
  }

  /** Forgets the oldest lines beyond the limit, so that a page that stays open for weeks does not grow. */
  trim(): void {
    for (const entry of this.#entries.slice(0, -maxEntries)) this.#byOffset.delete(entry.offset)
    this.#entries = this.#entries.slice(-maxEntries)
  }

  /** Forgets everything: the history that these offsets belong to is gone. */
  clear(): void {
    this.#byOffset.clear()
    this.#entries = []
  }
}
