import type { Connection } from './connection.js'
import type { Transport } from './transport.js'

/** Whether one client is asked to wait with what it sends. It knows the transport; it does not know what comes. */
export class Intake {
  readonly #connection: Connection
  readonly #transport: Transport
  /** Who has too much; made for the first of them. */
  #holders: Set<object> | undefined

  constructor(connection: Connection, transport: Transport) {
    this.#connection = connection
    this.#transport = transport
  }

  /** While true, nothing can be heard of the client. */
  get isHeld(): boolean {
    return this.#holders !== undefined && this.#holders.size > 0
  }

  /** Asks the client to wait, unless it has to answer something: what is waiting may be waiting for the answer. */
  hold(holder: object): void {
    if (this.#connection.isAsking) return
    this.#holders ??= new Set()
    if (this.#holders.add(holder).size === 1) this.#transport.pause()
  }

  /** The client may go on, as far as `holder` is concerned. */
  release(holder: object): void {
    if (this.#holders?.delete(holder) === true && this.#holders.size === 0) this.#goOn()
  }

  /** The client may go on, whoever has too much. */
  releaseAll(): void {
    if (!this.isHeld) return
    this.#holders?.clear()
    this.#goOn()
  }

  #goOn(): void {
    this.#connection.heard = true
    this.#transport.resume()
  }
}
