import { encodeFrame, WirepactError } from '@wirepact/protocol'
import type { Sent, Stop } from '../../types.js'
import type { Connection } from '../connection/connection.js'
import type { Outbox } from './outbox.js'

export interface MessagesPorts {
  readonly connection: Connection
  readonly outbox: Outbox
  readonly maxQueuedMessages: number
  /** Takes the error of a message that was queued and could not be sent after all. */
  readonly tell: (error: WirepactError) => void
}

interface Queued {
  readonly name: string
  stop?: Stop
}

/** One-way messages: sent at most once, kept for a short while when there is no connection. */
export class Messages {
  readonly #ports: MessagesPorts
  readonly #queued = new Set<Queued>()

  constructor(ports: MessagesPorts) {
    this.#ports = ports
  }

  say(name: string, data: unknown): Sent {
    const { connection } = this.#ports
    try {
      if (connection.closed) throw connection.closed
      const text = encodeFrame(['event', name, data])
      if (connection.status.state !== 'open') return this.#queue(name, text)
      connection.send(text)
      return { outcome: 'sent' }
    } catch (thrown) {
      return { outcome: 'refused', error: WirepactError.from(thrown) }
    }
  }

  /** The connection is closed for good: what waited for it is lost, and that is told for each. */
  closed(): void {
    for (const queued of this.#queued) {
      queued.stop?.()
      this.#lose(queued, new WirepactError('CONNECTION_CLOSED', 'The message was not sent.', queued))
    }
  }

  #queue(name: string, text: string): Sent {
    const { connection, outbox, maxQueuedMessages } = this.#ports
    if (this.#queued.size >= maxQueuedMessages) {
      throw new WirepactError('BUFFER_OVERFLOW', `More than ${maxQueuedMessages} messages wait to be sent.`)
    }
    const queued: Queued = { name }
    this.#queued.add(queued)
    queued.stop = outbox.post(() => {
      this.#queued.delete(queued)
      try {
        connection.send(text)
      } catch (thrown) {
        this.#lose(queued, WirepactError.from(thrown))
      }
    })
    return { outcome: 'queued' }
  }

  #lose(queued: Queued, error: WirepactError): void {
    this.#queued.delete(queued)
    this.#ports.tell(error)
  }
}
