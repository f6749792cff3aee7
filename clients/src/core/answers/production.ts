/** The items of one answer: produced no faster than the server allows, and no longer than it wants them. */
export class Production {
  readonly #signal: AbortSignal
  #credit: number
  #wake = (): void => undefined

  constructor(credit: number, signal: AbortSignal) {
    this.#credit = credit
    this.#signal = signal
    signal.addEventListener('abort', () => this.#wake())
  }

  /** The server may be sent this many more. */
  allow(more: number): void {
    this.#credit += more
    this.#wake()
  }

  /** Ends with the items, or as soon as they are not wanted. Nothing is asked for that could not be sent. */
  async run(items: AsyncIterable<unknown> | Iterable<unknown>, send: (item: unknown) => void): Promise<void> {
    const iterator = iterate(items)
    // An iterator that waits for its next item learns of the end only so.
    this.#signal.addEventListener('abort', () => leave(iterator))
    try {
      while (await this.#isWanted()) {
        const { done, value } = await iterator.next()
        if (done || this.#signal.aborted) return
        this.#credit -= 1
        send(value)
      }
    } finally {
      void leave(iterator)
    }
  }

  async #isWanted(): Promise<boolean> {
    while (this.#credit < 1 && !this.#signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    return !this.#signal.aborted
  }
}

type AnyIterator = AsyncIterator<unknown> | Iterator<unknown>

function iterate(items: AsyncIterable<unknown> | Iterable<unknown>): AnyIterator {
  return Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
}

/** What goes wrong when nobody wants any more is of no interest to anybody. */
async function leave(iterator: AnyIterator): Promise<void> {
  try {
    await iterator.return?.()
  } catch {
    // Nobody waits for it.
  }
}
