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
  readonly #items: T[] = []
  readonly #waiters: Waiter<T>[] = []
  #end: { readonly error?: WirepactError | undefined } | undefined
  #release: Stop | undefined

  constructor(options: MessagesOptions) {
    this.#options = options
    const { signal } = options
    if (signal === undefined) return
    const abort = () => {
      this.#items.length = 0
      this.end(new WirepactError('ABORTED', 'The iterator was aborted.', { cause: signal.reason }))
    }
    signal.addEventListener('abort', abort)
    this.onEnd(() => signal.removeEventListener('abort', abort))
    if (signal.aborted) abort()
  }

  /** Calls `release` once when the queue takes nothing any more. */
  onEnd(release: Stop): void {
    const before = this.#release
    this.#release = () => {
      before?.()
      release()
    }
    if (this.#end !== undefined) release()
  }

  push(item: T): void {
    const waiter = this.#waiters.shift()
    if (waiter !== undefined) return waiter.resolve({ done: false, value: item })
    const { maxBuffered = defaults.maxBufferedPublications, overflow } = this.#options
    if (this.#items.length >= maxBuffered) {
      if (overflow !== 'drop-oldest') {
        return this.end(
          new WirepactError('BUFFER_OVERFLOW', `More than ${maxBuffered} messages wait to be read.`),
        )
      }
      this.#items.shift()
    }
    this.#items.push(item)
  }

  /** What is buffered is still delivered; then comes the error, or the end. */
  end(error?: WirepactError): void {
    if (this.#end !== undefined) return
    this.#end = { error }
    this.#release?.()
    for (const waiter of this.#waiters.splice(0)) this.next().then(waiter.resolve, waiter.reject)
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const [item] = this.#items.splice(0, 1)
    if (item !== undefined) return Promise.resolve({ done: false, value: item })
    if (this.#end === undefined) {
      return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }))
    }
    const { error } = this.#end
    this.#end = {}
    return error ? Promise.reject(error) : Promise.resolve({ done: true, value: undefined })
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#items.length = 0
    this.end()
    this.#end = {}
    return this.next()
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
