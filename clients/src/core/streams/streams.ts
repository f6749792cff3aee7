import { WirepactError } from '@wirepact/protocol'
import type { StreamOptions } from '../../types.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames.js'
import type { Queue } from '../listeners/queue.js'
import { ItemStream } from './item-stream.js'

/** The feature `streams`: messages of the client that are answered by many items. */
export function streams(core: Core): void {
  /** By the id of the question. */
  const queues = new Map<number, Queue<unknown>>()
  const isError = (thrown: unknown): thrown is never => thrown instanceof WirepactError
  core.make.stream = (name) => {
    const call = (input: unknown, options: StreamOptions = {}) => {
      const stream = new ItemStream(core, options)
      stream.ask(name, input, (id) => {
        queues.set(id, stream.queue)
        return () => queues.delete(id)
      })
      return stream.queue.items
    }
    return Object.assign(call, { isError })
  }
  const frames: Frames = {
    item: ([, id, item]) => queues.get(id)?.push(item),
    end: ([, id]) => core.outbox.settle(id),
  }
  Object.assign(core.frames, frames)
}
