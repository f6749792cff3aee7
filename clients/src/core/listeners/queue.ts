import { type Clock, WirepactError } from '@wirepact/protocol/client'
import type { MessagesOptions, Stop } from '../../types.js'
import { limit } from '../connection/limit.js'

/** What a queue may hold, and whom it tells. */
export interface QueueOptions extends MessagesOptions {
  readonly clock: Clock
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

/** Throws a `RangeError` for a queue that could hold nothing, and `ABORTED` for one that is given up already. */
export function createQueue<T>(options: QueueOptions): Queue<T> {
  const { clock, maxBuffered, overflow, signal, release, taken } = options
  if (!(maxBuffered >= 1)) throw new RangeError(`maxBuffered cannot be "${maxBuffered}"`)
  const held: T[] = []
  let wake: (() => void) | undefined
  let over: { readonly error?: WirepactError | undefined } | undefined
  const end = (error?: WirepactError) => {
    if (over) return
    over = { error }
    stop()
    release()
    wake?.()
  }
  const stop = limit(clock, { signal }, (error) => {
    held.length = 0
    end(error)
  })
  const push = (item: T) => {
    if (held.push(item) > maxBuffered) {
      if (overflow === 'drop-oldest') held.shift()
      else {
        held.pop()
        end(new WirepactError('BUFFER_OVERFLOW'))
      }
    }
    wake?.()
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
  return { push, end, items }
}
