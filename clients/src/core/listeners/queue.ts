import { WirepactError } from '@wirepact/protocol'
import type { MessagesOptions, Stop } from '../../types.js'
import { aborted } from '../outbox/outbox.js'

interface Waiter<T> {
  resolve(result: IteratorResult<T, undefined>): void
  reject(error: WirepactError): void
}

/** What a queue may hold, and whom it tells. */
export interface QueueOptions extends MessagesOptions {
  readonly maxBuffered: number
  /** Called once, when the queue takes nothing any more. */
  readonly release: Stop
  /** Called for each item that the loop has taken while more may come. */
  readonly taken?: () => void
}

/** Items between whoever pushes them and the loop that pulls them; holds a bounded number. */
export class Queue<T> implements AsyncIterableIterator<T> {
  readonly #options: QueueOptions
  readonly #items: T[] = []
  readonly #waiters: Waiter<T>[] = []
  readonly #abort = () => {
    this.#items.length = 0
    this.end(aborted(this.#options.signal))
  }
  /** Set once nothing comes any more; an error in it is still to be thrown. */
  #end: { readonly error?: WirepactError | undefined } | undefined

  constructor(options: QueueOptions) {
    const { signal } = options
    this.#options = options
    signal?.addEventListener('abort', this.#abort)
    if (signal?.aborted) this.#abort()
  }

  /** Not after `release`. */
  push(item: T): void {
    const { maxBuffered, overflow, taken } = this.#options
    const waiter = this.#waiters.shift()
    if (waiter) {
      waiter.resolve({ done: false, value: item })
      taken?.()
    } else if (this.#items.length < maxBuffered) this.#items.push(item)
    else if (overflow === 'drop-oldest') this.#items.splice(0, this.#items.push(item) - maxBuffered)
    else this.end(new WirepactError('BUFFER_OVERFLOW'))
  }

  /** What is buffered is still delivered; then comes the error, or the end. */
  end(error?: WirepactError): void {
    if (this.#end) return
    this.#end = { error }
    this.#options.signal?.removeEventListener('abort', this.#abort)
    this.#options.release()
    for (const waiter of this.#waiters.splice(0)) this.next().then(waiter.resolve, waiter.reject)
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    for (const value of this.#items.splice(0, 1)) {
      if (!this.#end) this.#options.taken?.()
      return { done: false, value }
    }
    if (!this.#end) return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }))
    const { error } = this.#end
    this.#end = {}
    if (error) throw error
    return { done: true, value: undefined }
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.end()
    this.#items.length = 0
    this.#end = {}
    return this.next()
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
