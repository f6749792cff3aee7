import { type ClientFrame, WirepactError } from '@wirepact/protocol'
import type { Sent } from '../../types.js'
import type { Codec } from '../codec/codec.js'
import type { Connection } from '../connection/connection.js'

/** A message on its way: `failed` takes the reason why it could not be sent. */
export interface Letter {
  readonly message: string | Uint8Array
  failed(error: WirepactError): void
}

export interface OutboxPorts {
  readonly connection: Connection
  readonly maxQueuedMessages: number
  readonly encode: Codec['encode']
}

/** Everything that is sent passes here, in order; what cannot be sent before the connection is open waits. */
export class Outbox {
  readonly encode: Codec['encode']
  readonly #ports: OutboxPorts
  readonly #waiting = new Set<Letter>()

  constructor(ports: OutboxPorts) {
    this.encode = ports.encode
    this.#ports = ports
  }

  /** Sends a one-way message, or keeps it for the next connection while there is room. */
  say(name: string, data: unknown, tell: (error: WirepactError) => void): Sent {
    let refusal: WirepactError | undefined
    let failed = (error: WirepactError) => {
      refusal = error
    }
    try {
      this.#admit()
      const letter = this.send(['event', name, data], (error) => failed(error))
      failed = ({ code, message }) => tell(new WirepactError(code, message, { name }))
      if (refusal) throw refusal
      return { outcome: this.isWaiting(letter) ? 'queued' : 'sent' }
    } catch (thrown) {
      return { outcome: 'refused', error: WirepactError.from(thrown) }
    }
  }

  /** Posts a frame. Throws `NOT_SERIALIZABLE`. */
  send(frame: ClientFrame, failed: (error: WirepactError) => void): Letter {
    const letter = { message: this.encode(frame), failed }
    this.post(letter)
    return letter
  }

  /** Sends at once when open, also before what waits: that is how members come first. */
  post(letter: Letter): void {
    if (this.#isOpen) this.#send(letter)
    else this.#waiting.add(letter)
  }

  /** False when there was nothing to take back: it was sent. */
  takeBack(letter: Letter): boolean {
    return this.#waiting.delete(letter)
  }

  isWaiting(letter: Letter): boolean {
    return this.#waiting.has(letter)
  }

  flush(): void {
    for (const letter of this.#waiting) {
      if (!this.#isOpen) return
      this.#waiting.delete(letter)
      this.#send(letter)
    }
  }

  /** There will be no connection: nothing that waits is sent any more. */
  closed(error: WirepactError): void {
    for (const letter of this.#waiting) {
      this.#waiting.delete(letter)
      letter.failed(error)
    }
  }

  get #isOpen(): boolean {
    return this.#ports.connection.status.state === 'open'
  }

  #send(letter: Letter): void {
    try {
      this.#ports.connection.send(letter.message)
    } catch (thrown) {
      letter.failed(WirepactError.from(thrown))
    }
  }

  #admit(): void {
    const { connection, maxQueuedMessages } = this.#ports
    if (connection.closed) throw connection.closed
    if (this.#waiting.size < maxQueuedMessages) return
    throw new WirepactError('BUFFER_OVERFLOW', 'Too many messages wait for the connection.')
  }
}
