import { WirepactError } from '@wirepact/protocol'
import { streamDefaults } from '../../options.js'
import type { StreamOptions } from '../../types.js'
import type { Core } from '../core.js'
import { createQueue, type Queue } from '../listeners/queue.js'

/** One stream: the queue that is read, and the call behind it; each ends with the other. */
export class ItemStream {
  readonly queue: Queue<unknown>
  readonly #core: Core
  readonly #maxBuffered: number
  readonly #signal: AbortSignal | undefined
  #id = 0
  /** How many items were read since the server was last told. */
  #taken = 0
  #giveUp: ((error: WirepactError) => void) | undefined

  constructor(core: Core, { signal, maxBuffered = streamDefaults.maxBufferedItems }: StreamOptions) {
    if (!Number.isSafeInteger(maxBuffered) || maxBuffered < 1) {
      throw new RangeError(`maxBuffered is an integer from 1 on, not ${maxBuffered}`)
    }
    this.#core = core
    this.#maxBuffered = maxBuffered
    this.#signal = signal
    this.queue = createQueue({
      ...(signal && { signal }),
      maxBuffered,
      release: () => this.#giveUp?.(new WirepactError('ABORTED')),
      taken: () => this.#grant(),
    })
  }

  /** `listen` has the items of this id brought to the queue until `ended`. */
  ask(name: string, input: unknown, listen: (id: number) => () => void): void {
    if (this.#signal?.aborted) return
    let ended: (() => void) | undefined
    this.#giveUp = this.#core.outbox.ask(
      (id) => {
        this.#id = id
        ended = listen(id)
        return ['stream', id, name, input, this.#maxBuffered]
      },
      (error) => {
        ended?.()
        this.queue.end(error)
      },
      { timeoutMs: 0 },
    )
  }

  /** The server is told of new room when half of it is free again. */
  #grant(): void {
    this.#taken += 1
    if (this.#taken * 2 < this.#maxBuffered) return
    this.#core.outbox.send(['credit', this.#id, this.#taken], (error) => this.queue.end(error))
    this.#taken = 0
  }
}
