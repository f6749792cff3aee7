import { type ClientFrame, type Clock, encodeFrame, type Timer, WirepactError } from '@wirepact/protocol'
import type { CallOptions, Stop } from '../../types.js'
import type { Connection } from '../connection/connection.js'
import type { Outbox } from '../messages/outbox.js'

export interface CallsPorts {
  readonly clock: Clock
  readonly connection: Connection
  readonly outbox: Outbox
  readonly callTimeoutMs: number
  readonly maxPendingCalls: number
}

/** Takes what became of a question; called exactly once. */
export type Answer = (error: WirepactError | undefined, output?: unknown) => void

interface Pending {
  readonly answer: Answer
  readonly cancellable: boolean
  sent: boolean
  timer?: Timer
  stop?: Stop
}

/**
 * Questions and their answers, matched by an id that is never used twice. Every question is settled: answered,
 * refused, timed out, aborted, lost or closed. An answer that nobody waits for any more is dropped.
 */
export class Calls {
  readonly #ports: CallsPorts
  readonly #pending = new Map<number, Pending>()
  #lastId = 0

  constructor(ports: CallsPorts) {
    this.#ports = ports
  }

  /** Sends the frame as soon as the connection is open. */
  ask(toFrame: (id: number) => ClientFrame, answer: Answer, options: CallOptions = {}): void {
    const id = ++this.#lastId
    try {
      this.#admit(options.signal)
      const frame = toFrame(id)
      const text = encodeFrame(frame)
      const pending: Pending = { answer, cancellable: frame[0] === 'request', sent: false }
      this.#pending.set(id, pending)
      this.#limit(id, pending, options)
      this.#post(id, pending, text)
    } catch (thrown) {
      answer(WirepactError.from(thrown))
    }
  }

  /** {@link ask} as a promise. */
  call(toFrame: (id: number) => ClientFrame, options?: CallOptions): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.ask(toFrame, (error, output) => (error ? reject(error) : resolve(output)), options)
    })
  }

  /** The other side has answered. */
  settle(id: number, error: WirepactError | undefined, output?: unknown): void {
    const pending = this.#pending.get(id)
    if (pending === undefined) return
    this.#pending.delete(id)
    this.#ports.clock.stopTimer(pending.timer)
    pending.stop?.()
    pending.answer(error, output)
  }

  /** Whether what was sent has been handled is not known; what was not sent yet goes on waiting. */
  lost(): void {
    for (const [id, { sent }] of this.#pending) {
      if (sent)
        this.settle(id, new WirepactError('CONNECTION_LOST', 'The connection was lost before the answer.'))
    }
  }

  closed(error: WirepactError): void {
    for (const id of this.#pending.keys()) this.settle(id, error)
  }

  #admit(signal: AbortSignal | undefined): void {
    const { connection, maxPendingCalls } = this.#ports
    if (connection.closed) throw connection.closed
    if (signal?.aborted) throw aborted(signal)
    if (this.#pending.size >= maxPendingCalls) {
      throw new WirepactError('TOO_MANY_PENDING', `More than ${maxPendingCalls} calls wait for an answer.`)
    }
  }

  #limit(id: number, pending: Pending, { timeoutMs = this.#ports.callTimeoutMs, signal }: CallOptions): void {
    if (timeoutMs > 0 && timeoutMs < Infinity) {
      const giveUp = () => this.#giveUp(id, new WirepactError('TIMEOUT', `No answer within ${timeoutMs} ms.`))
      pending.timer = this.#ports.clock.startTimer(giveUp, timeoutMs)
    }
    if (signal === undefined) return
    const abort = () => this.#giveUp(id, aborted(signal))
    signal.addEventListener('abort', abort)
    pending.stop = () => signal.removeEventListener('abort', abort)
  }

  #post(id: number, pending: Pending, text: string): void {
    const { connection, outbox } = this.#ports
    const { stop } = pending
    const unpost = outbox.post(() => {
      pending.sent = true
      try {
        connection.send(text)
      } catch (thrown) {
        this.settle(id, WirepactError.from(thrown))
      }
    })
    pending.stop = () => {
      stop?.()
      unpost()
    }
  }

  /** Tells the server that nobody waits any more, where it may be at work. */
  #giveUp(id: number, error: WirepactError): void {
    const pending = this.#pending.get(id)
    this.settle(id, error)
    if (!pending?.sent || !pending.cancellable) return
    try {
      this.#ports.connection.send(encodeFrame(['cancel', id]))
    } catch {
      // There is no room for it. The answer will be dropped all the same.
    }
  }
}

function aborted(signal: AbortSignal): WirepactError {
  return new WirepactError('ABORTED', 'The call was aborted.', { cause: signal.reason })
}
