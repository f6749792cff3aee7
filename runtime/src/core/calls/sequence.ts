import { closeCodes, type MaybePromise } from '@wirepact/protocol'
import type { Connection } from '../connection.js'
import { isPromise } from '../is-promise.js'

/** An acknowledged event that waits for its turn. */
interface Turn {
  readonly sequence: number
  /** Handles it, or refuses it. Throws only when it has to come again. */
  readonly handle: () => MaybePromise<void>
}

/**
 * The acknowledged events of one connection: they are handled one after another, each once, and acknowledged
 * when the session remembers it. It knows their order; it does not know what they are.
 */
export class Sequence {
  readonly #connection: Connection
  #waiting: Turn[] = []
  #isWorking = false
  /** The last one that was taken in, and the last one that the session remembers. */
  #taken: number
  #handled: number

  constructor(connection: Connection, handled: number) {
    this.#connection = connection
    this.#taken = handled
    this.#handled = handled
  }

  /** Takes an event in. One that was handled is acknowledged again; one that is in already is dropped. */
  take(sequence: number, handle: () => MaybePromise<void>): void {
    if (sequence <= this.#taken) {
      if (sequence <= this.#handled) this.#connection.sendFrame(['ack', this.#handled])
      return
    }
    this.#taken = sequence
    if (this.#isWorking) this.#wait({ sequence, handle })
    else this.#work({ sequence, handle })
  }

  /** Asks the client to wait when much is waiting already; what is on its way may still come. */
  #wait(turn: Turn): void {
    const { maxPending, maxHeld } = this.#connection.core.limits
    this.#waiting.push(turn)
    if (this.#waiting.length >= maxPending) this.#connection.intake.hold(this)
    if (this.#waiting.length > maxHeld)
      this.#connection.end(closeCodes.TRY_AGAIN_LATER, 'Too many events wait for their handlers.')
  }

  /** What is done at once needs no promise. */
  #work(turn: Turn): void {
    try {
      const handled = turn.handle()
      const remembered = isPromise(handled) ? handled.then(() => this.#remember(turn)) : this.#remember(turn)
      if (isPromise(remembered))
        this.#connection.core.sessions.work(this.#connection.origin, this.#goOn(remembered))
    } catch (error) {
      this.#failed(error)
    }
  }

  /** Handles what waits, as long as there is a connection to acknowledge it on. */
  async #goOn(first: Promise<void>): Promise<void> {
    this.#isWorking = true
    try {
      await first
      for (let turn = this.#next(); turn !== undefined; turn = this.#next()) {
        await turn.handle()
        await this.#remember(turn)
      }
    } catch (error) {
      this.#failed(error)
    }
    this.#isWorking = false
  }

  #next(): Turn | undefined {
    if (this.#connection.status !== 'open') return undefined
    // More may come at once.
    if (this.#waiting.length === 0) this.#connection.intake.release(this)
    return this.#waiting.shift()
  }

  #remember({ sequence }: Turn): MaybePromise<void> {
    const { core, origin } = this.#connection
    const remembered = core.sessions.advance(origin, sequence)
    if (isPromise(remembered)) return remembered.then(() => this.#acknowledge(sequence))
    this.#acknowledge(sequence)
  }

  #acknowledge(sequence: number): void {
    this.#handled = sequence
    this.#connection.sendFrame(['ack', sequence])
  }

  /** It was not handled, or nobody will remember that it was: the client has to come back and send it again. */
  #failed(error: unknown): void {
    this.#connection.core.handlerFailed(error, this.#connection, undefined)
    this.#connection.end(closeCodes.TRY_AGAIN_LATER, 'The event could not be handled.')
  }
}
