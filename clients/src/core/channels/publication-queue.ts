import { WirepactError } from '@wirepact/protocol'
import { defaults } from '../../options.js'
import type { MessagesOptions, Stop } from '../../types.js'

interface Waiter<T> {
  resolve(result: IteratorResult<T, undefined>): void
  reject(error: WirepactError): void
}

/** Publications between the channel that pushes them and the loop that pulls them; holds a bounded number. */
export class PublicationQueue<T> implements AsyncIterableIterator<T> {
  readonly #options: MessagesOptions
  readonly #release: Stop
  readonly #items: T[] = []
  readonly #waiters: Waiter<T>[] = []
  /** Set once nothing comes any more; an error in it is still to be thrown. */
  #end: { readonly error?: WirepactError | undefined } | undefined

  /** Calls `release` once, when the queue takes nothing any more. */
  constructor(options: MessagesOptions, release: Stop) {
    const { signal } = options
    const abort = () => {
      this.#items.length = 0
      this.end(new WirepactError('ABORTED', 'The caller gave up.', { cause: signal?.reason }))
    }
    this.#options = options
    this.#release = () => {
      signal?.removeEventListener('abort', abort)
      release()
    }
    signal?.addEventListener('abort', abort)
    if (signal?.aborted) abort()
  }

  /** Not after `release`. */
  push(item: T): void {
    const { maxBuffered = defaults.maxBufferedPublications, overflow } = this.#options
    const waiter = this.#waiters.shift()
    if (waiter) waiter.resolve({ done: false, value: item })
    else if (this.#items.length < maxBuffered) this.#items.push(item)
    else if (overflow === 'drop-oldest') this.#items.splice(0, this.#items.push(item) - maxBuffered)
    else this.end(new WirepactError('BUFFER_OVERFLOW', 'Too many messages wait to be read.'))
  }

  /** What is buffered is still delivered; then comes the error, or the end. */
  end(error?: WirepactError): void {
    if (this.#end) return
    this.#end = { error }
    this.#release()
    for (const waiter of this.#waiters.splice(0)) this.next().then(waiter.resolve, waiter.reject)
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    for (const value of this.#items.splice(0, 1)) return { done: false, value }
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
