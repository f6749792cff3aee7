import { type ServerFrame, WirepactError } from '@wirepact/protocol'
import type { CallDefinition } from '../../definition.js'
import type { StreamCall, StreamOptions } from '../../types.js'
import type { Queue } from '../listeners/queue.js'
import type { Part, PartPorts } from '../part.js'
import { ItemStream } from './item-stream.js'

/** The feature `streams`: messages of the client that are answered by many items. */
export const streams = (ports: PartPorts): Part => new Streams(ports)

/** Every stream that the client has asked for, by the id of the question. */
class Streams implements Part {
  readonly #ports: PartPorts
  readonly #queues = new Map<number, Queue<unknown>>()

  constructor(ports: PartPorts) {
    this.#ports = ports
  }

  toCall(name: string, { kind }: CallDefinition): StreamCall<unknown, unknown> | undefined {
    if (kind !== 'stream') return undefined
    const call = (input: unknown, options?: StreamOptions) => this.#open(name, input, options)
    const isError = (thrown: unknown): thrown is never => thrown instanceof WirepactError
    return Object.assign(call, { isError })
  }

  received(frame: ServerFrame): boolean {
    if (frame[0] !== 'item') return false
    this.#queues.get(frame[1])?.push(frame[2])
    return true
  }

  #open(name: string, input: unknown, options: StreamOptions = {}): Queue<unknown> {
    const stream = new ItemStream(this.#ports, options)
    stream.ask(name, input, (id) => {
      this.#queues.set(id, stream.queue)
      return () => this.#queues.delete(id)
    })
    return stream.queue
  }
}
