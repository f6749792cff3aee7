import { WirepactError } from '@wirepact/protocol/client'
import type { StreamOptions } from '../../types.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames.js'
import { ItemStream } from './item-stream.js'

/** The feature `streams`: messages of the client that are answered by many items. */
export function streams(core: Core): void {
  /** By the id of the question. */
  const asked = new Map<number, ItemStream>()
  const isError = (thrown: unknown): thrown is never => thrown instanceof WirepactError
  core.make.stream = (name) => {
    const call = (input: unknown, options: StreamOptions = {}) => {
      const stream = new ItemStream(core, options)
      stream.ask(name, input, (id) => {
        asked.set(id, stream)
        return () => asked.delete(id)
      })
      return stream.queue.items
    }
    return Object.assign(call, { isError })
  }
  const frames: Frames = {
    item: (id, item) => asked.get(id)?.take(item),
    end: (id) => core.settle(id),
  }
  Object.assign(core.frames, frames)
}
