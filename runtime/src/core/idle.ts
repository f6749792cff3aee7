import { closeCodes, type Timer } from '@wirepact/protocol'
import type { Connection } from './connection.js'

/** A connection is looked at so often before it is taken for idle. */
const looks = 4

/**
 * Ends a connection on which nothing goes either way, heartbeats aside. It is looked at now and then, so that a message
 * costs no more than a number; what is said just before a look is what the time is counted from.
 */
export class Idle {
  readonly #connection: Connection
  #seen: number
  #quiet = 0
  #timer: Timer

  constructor(connection: Connection) {
    this.#connection = connection
    this.#seen = connection.activity
    this.#wait()
  }

  stop(): void {
    this.#connection.core.environment.clock.stopTimer(this.#timer)
  }

  #wait(): void {
    const { environment, limits } = this.#connection.core
    this.#timer = environment.clock.startTimer(() => this.#look(), limits.idleTimeoutMs / looks)
  }

  #look(): void {
    const { activity, intake } = this.#connection
    // A client that is asked to wait cannot be heard.
    this.#quiet = activity === this.#seen && !intake.isHeld ? this.#quiet + 1 : 0
    this.#seen = activity
    if (this.#quiet < looks) this.#wait()
    else this.#connection.end(closeCodes.IDLE_TIMEOUT, 'Nothing was said for too long.')
  }
}
