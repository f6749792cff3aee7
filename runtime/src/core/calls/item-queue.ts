/** Who reads a stream, as its queue sees it. */
export interface Producer {
  /** Begins the stream: called when the first item is asked for. */
  start(): void
  /** Allows this many more items. */
  grant(more: number): void
  /** Nothing more is wanted. */
  cancel(): void
}

interface Reader {
  readonly resolve: (result: IteratorResult<unknown, undefined>) => void
  readonly reject: (error: unknown) => void
}

/** Where a stream stands: what is queued is read first, then it ends or throws once. */
type Ending = { readonly error?: unknown } | undefined

const over: IteratorReturnResult<undefined> = { done: true, value: undefined }

/**
 * The items of a stream that the other side produces, as an async iterator. It holds no more than the credit
 * that it has given, and gives more as they are read. It knows items and credit; it does not know frames.
 */
export class ItemQueue implements AsyncIterableIterator<unknown, undefined, undefined> {
  readonly #producer: Producer
  readonly #maxBuffered: number
  #items: unknown[] = []
  #readers: Reader[] = []
  /** Items that the other side may still send. */
  #credit: number
  /** Items that were read since credit was given last. */
  #read = 0
  #started = false
  #ending: Ending

  constructor(producer: Producer, maxBuffered: number) {
    this.#producer = producer
    this.#maxBuffered = maxBuffered
    this.#credit = maxBuffered
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Takes an item; false when the other side had no credit for it. */
  push(item: unknown): boolean {
    if (this.#ending !== undefined) return true
    if (this.#credit === 0) return false
    this.#credit--
    const reader = this.#readers.shift()
    if (reader === undefined) this.#items.push(item)
    else reader.resolve(this.#deliver(item))
    return true
  }

  /** There are no more items: the iterator ends, or throws `error`, behind what is queued. */
  end(ending: { readonly error?: unknown } = {}): void {
    if (this.#ending !== undefined) return
    this.#ending = ending
    for (const reader of this.#readers.splice(0)) this.#finish(reader)
  }

  /** Ends at once, without what is queued. */
  abort(error: unknown): void {
    if (this.#ending !== undefined && this.#items.length === 0) return
    this.#items = []
    this.#ending = undefined
    this.end({ error })
  }

  next(): Promise<IteratorResult<unknown, undefined>> {
    this.#start()
    if (this.#items.length > 0) return Promise.resolve(this.#deliver(this.#items.shift()))
    return new Promise((resolve, reject) => {
      const reader = { resolve, reject }
      if (this.#ending === undefined) this.#readers.push(reader)
      else this.#finish(reader)
    })
  }

  return(): Promise<IteratorReturnResult<undefined>> {
    this.#items = []
    if (this.#ending === undefined) {
      this.end()
      if (this.#started) this.#producer.cancel()
    }
    this.#ending = {}
    return Promise.resolve(over)
  }

  #start(): void {
    if (this.#started || this.#ending !== undefined) return
    this.#started = true
    this.#producer.start()
  }

  #deliver(value: unknown): IteratorYieldResult<unknown> {
    this.#read++
    if (this.#ending === undefined && this.#read * 2 >= this.#maxBuffered) {
      this.#credit += this.#read
      this.#producer.grant(this.#read)
      this.#read = 0
    }
    return { done: false, value }
  }

  /** The error is thrown once; after that the iterator is at its end. */
  #finish(reader: Reader): void {
    const ending = this.#ending
    this.#ending = {}
    if (ending !== undefined && 'error' in ending) reader.reject(ending.error)
    else reader.resolve(over)
  }
}
