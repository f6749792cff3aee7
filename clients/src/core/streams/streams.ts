import { type ServerFrame, WirepactError } from '@wirepact/protocol'
import type { CallDefinition } from '../../definition.js'
import { defaults } from '../../options.js'
import type { StreamCall, StreamOptions } from '../../types.js'
import { Queue } from '../listeners/queue.js'
import type { Part, PartPorts } from '../part.js'

/** The feature `streams`: messages of the client that are answered by many items. */
export const streams = (ports: PartPorts): Part => new Streams(ports)

/**
 * Every stream that the client has asked for. The server may send as many items as there is room for, and is told
 * of new room when half of it is free again; so no queue grows beyond its size.
 */
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

  /** The call ends with the queue and the queue with the call, whichever is first. */
  #open(name: string, input: unknown, options: StreamOptions = {}): Queue<unknown> {
    const { maxBuffered = defaults.maxBufferedItems, signal } = options
    if (!Number.isSafeInteger(maxBuffered) || maxBuffered < 1) {
      throw new RangeError(`maxBuffered is an integer from 1 on, not ${maxBuffered}`)
    }
    let id = 0
    let stop = (_error: WirepactError): void => undefined
    const release = () => {
      this.#queues.delete(id)
      stop(new WirepactError('ABORTED', 'The stream was left.'))
    }
    const queue = new Queue({
      ...(signal && { signal }),
      maxBuffered,
      release,
      taken: this.#credit(() => id, maxBuffered),
    })
    if (queue.ended) return queue
    const toFrame = (next: number) => {
      id = next
      this.#queues.set(id, queue)
      return ['stream', id, name, input, maxBuffered] as const
    }
    stop = this.#ports.calls.ask(toFrame, (error) => queue.end(error), { timeoutMs: 0 })
    return queue
  }

  /** Counts what was taken. Where the credit cannot be sent, the connection is about to end, and the stream too. */
  #credit(id: () => number, maxBuffered: number): () => void {
    let free = 0
    return () => {
      free += 1
      if (free * 2 < maxBuffered) return
      this.#ports.outbox.send(['credit', id(), free], () => undefined)
      free = 0
    }
  }
}
