import { WirepactError } from '@wirepact/protocol'
import type { MessagesOptions, Stop } from '../../types.js'
import { aborted } from '../connection/limit.js'

/** What a queue may hold, and whom it tells. */
export interface QueueOptions extends MessagesOptions {
  readonly maxBuffered: number
  /** Called once, when the queue takes nothing any more. */
  readonly release: Stop
  /** Called for each item that the loop takes while more may come. */
  readonly taken?: () => void
}

/** Items between whoever pushes them and the loop that pulls them; holds a bounded number. */
export interface Queue<T> {
  /** Not after `release`. */
  push(item: T): void
  /** What is buffered is still delivered; then comes the error, or the end. */
  end(error?: WirepactError): void
  readonly items: AsyncGenerator<T, undefined, undefined>
}

export function createQueue<T>({ maxBuffered, overflow, signal, release, taken }: QueueOptions): Queue<T> {
  if (!(maxBuffered >= 1)) throw new RangeError(`maxBuffered is a number from 1 on, not ${maxBuffered}`)
  const held: T[] = []
  let wake = (): void => undefined
  let over: { readonly error?: WirepactError | undefined } | undefined
  const end = (error?: WirepactError) => {
    if (over) return
    over = { error }
    signal?.removeEventListener('abort', abort)
    release()
    wake()
  }
  const abort = () => {
    held.length = 0
    end(aborted(signal))
  }
  const push = (item: T) => {
    if (held.push(item) > maxBuffered) {
      if (overflow === 'drop-oldest') held.shift()
      else {
        held.pop()
        end(new WirepactError('BUFFER_OVERFLOW'))
      }
    }
    wake()
  }
  async function* read(): AsyncGenerator<T, undefined, undefined> {
    while (!over || held.length) {
      if (!held.length) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      for (const item of held.splice(0, 1)) {
        if (!over) taken?.()
        yield item
      }
    }
    if (over.error) throw over.error
  }
  const items = read()
  const leave = items.return
  /** A loop that waits is woken, to be left. */
  items.return = () => {
    end()
    held.length = 0
    over = {}
    return leave.call(items, undefined)
  }
  signal?.addEventListener('abort', abort)
  if (signal?.aborted) abort()
  return { push, end, items }
}
