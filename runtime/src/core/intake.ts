import type { Connection } from './connection.js'
import type { Transport } from './transport.js'

/** Whether one client is asked to wait with what it sends. It knows the transport; it does not know what comes. */
export class Intake {
  /** While true, nothing can be heard of the client. */
  isHeld = false
  readonly #connection: Connection
  readonly #transport: Transport

  constructor(connection: Connection, transport: Transport) {
    this.#connection = connection
    this.#transport = transport
  }

  /** Asks the client to wait, unless it has to answer something: what is waiting may be waiting for the answer. */
  hold(): void {
    if (this.isHeld || this.#connection.isAsking) return
    this.isHeld = true
    this.#transport.pause()
  }

  /** The client may go on. */
  release(): void {
    if (!this.isHeld) return
    this.isHeld = false
    this.#connection.heard = true
    this.#transport.resume()
  }
}
