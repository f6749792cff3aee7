/** Where the items of a stream go. */
export interface Outlet {
  /** Takes one item. Throws when it cannot be sent. */
  item(data: unknown): void
  end(): void
  fail(thrown: unknown): void
  /** Settles when there is room for more; undefined when there is room now. */
  room(): Promise<void> | undefined
}

type Source = Iterator<unknown> | AsyncIterator<unknown>

/**
 * One stream that this side produces: it pulls an iterator as long as there is credit, and never without. It
 * knows items and credit; it does not know frames.
 */
export class Production {
  readonly #source: Source
  readonly #outlet: Outlet
  #credit = 0
  #pulling = false
  #done = false

  /** Throws a `TypeError` when `items` cannot be iterated. */
  constructor(items: unknown, outlet: Outlet) {
    this.#source = iterate(items)
    this.#outlet = outlet
  }

  /** How many items may be sent. */
  get credit(): number {
    return this.#credit
  }

  /** Allows more items. */
  grant(more: number): void {
    this.#credit += more
    if (!this.#pulling && !this.#done) void this.#pull()
  }

  /** Produces nothing more, and lets the iterator clean up. Settles when it has; rejects with what it throws. */
  async stop(): Promise<void> {
    if (this.#done) return
    this.#done = true
    await this.#source.return?.()
  }

  async #pull(): Promise<void> {
    this.#pulling = true
    try {
      while (this.#credit > 0 && !this.#done) {
        const room = this.#outlet.room()
        if (room !== undefined) await room
        if (!this.#done) await this.#next()
      }
    } catch (thrown) {
      await this.#fail(thrown)
    }
    this.#pulling = false
  }

  async #next(): Promise<void> {
    const result = await this.#source.next()
    if (this.#done) return
    if (result.done === true) {
      this.#done = true
      return this.#outlet.end()
    }
    this.#credit--
    this.#outlet.item(result.value)
  }

  /** An iterator that has thrown is at its end, and one whose item cannot be sent has to learn that it is. */
  async #fail(thrown: unknown): Promise<void> {
    if (this.#done) return
    this.#outlet.fail(thrown)
    await this.stop().catch(() => undefined)
  }
}

function iterate(items: unknown): Source {
  if (typeof items === 'object' && items !== null) {
    if (Symbol.asyncIterator in items) return (items as AsyncIterable<unknown>)[Symbol.asyncIterator]()
    if (Symbol.iterator in items) return (items as Iterable<unknown>)[Symbol.iterator]()
  }
  throw new TypeError('The handler of a stream has to answer with something that can be iterated.')
}
