import { WirepactError } from '@wirepact/protocol/client'
import { defaultMaxPendingCalls, streamDefaults } from '../../options.js'
import type { Stop, StreamOptions } from '../../types.js'
import { limit } from '../connection/limit.js'
import type { Core } from '../core.js'
import { createQueue, type Queue } from '../listeners/queue.js'

/** One stream: the queue that is read, and the call behind it; each ends with the other. */
export class ItemStream {
  readonly queue: Queue<unknown>
  readonly #core: Core
  readonly #maxBuffered: number
  readonly #timeoutMs: number
  #id = 0
  /** Stops what gives up on a server that does not even begin. */
  #stopWaiting: Stop | undefined
  /** How many items were read since the server was last told. */
  #taken = 0
  #giveUp: ((error: WirepactError) => void) | undefined

  constructor(core: Core, options: StreamOptions) {
    const { signal, maxBuffered = streamDefaults.maxBufferedItems, timeoutMs = 0 } = options
    if (!Number.isSafeInteger(maxBuffered))
      throw new RangeError(`maxBuffered is an integer, not ${maxBuffered}`)
    this.#core = core
    this.#maxBuffered = maxBuffered
    this.#timeoutMs = timeoutMs
    this.queue = createQueue({
      clock: core.clock,
      ...(signal && { signal }),
      maxBuffered,
      release: () => this.#giveUp?.(new WirepactError('ABORTED')),
      taken: () => this.#grant(),
    })
  }

  /** `listen` has the items of this id brought to the queue until `ended`. */
  ask(name: string, input: unknown, listen: (id: number) => () => void): void {
    const core = this.#core
    let ended: (() => void) | undefined
    const giveUp = (error: WirepactError) => this.#giveUp?.(error)
    this.#stopWaiting = limit(core.clock, { timeoutMs: this.#timeoutMs }, giveUp)
    core.pending += 1
    this.#giveUp = core.ask(
      (id) => {
        if (core.pending > (core.maxPendingCalls ?? defaultMaxPendingCalls))
          throw new WirepactError('TOO_MANY_PENDING')
        this.#id = id
        ended = listen(id)
        return ['stream', id, name, input, this.#maxBuffered]
      },
      (error) => {
        core.pending -= 1
        ended?.()
        this.#stopWaiting?.()
        this.queue.end(error)
      },
    )
  }

  take(item: unknown): void {
    this.#stopWaiting?.()
    this.queue.push(item)
  }

  /** The server is told of new room when half of it is free again. */
  #grant(): void {
    this.#taken += 1
    if (this.#taken * 2 < this.#maxBuffered) return
    this.#core.post(['credit', this.#id, this.#taken], (error) => error && this.queue.end(error))
    this.#taken = 0
  }
}
