import { type ClientFrame, type Clock, encodeFrame, WirepactError } from '@wirepact/protocol'
import type { CallOptions, Stop } from '../../types.js'
import type { Connection } from '../connection/connection.js'
import type { Letter, Outbox } from '../outbox/outbox.js'

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
  readonly letter: Letter
  /** Stops what could give up on it. */
  readonly stop: Stop
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
    try {
      this.#admit(options.signal)
      const id = ++this.#lastId
      const frame = toFrame(id)
      const letter = { text: encodeFrame(frame), failed: (error: WirepactError) => this.settle(id, error) }
      const giveUp = (error: WirepactError) => this.#giveUp(id, error, frame[0] === 'request')
      this.#pending.set(id, { answer, letter, stop: this.#limit(options, giveUp) })
      this.#ports.outbox.post(letter)
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

  /** The other side has answered, or never will. */
  settle(id: number, error: WirepactError | undefined, output?: unknown): void {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    pending?.stop()
    pending?.answer(error, output)
  }

  /** Whether what was sent has been handled is not known. What was not sent yet goes on waiting. */
  lost(error: WirepactError): void {
    for (const [id, { letter }] of this.#pending) {
      if (!this.#ports.outbox.isWaiting(letter)) this.settle(id, error)
    }
  }

  #admit(signal: AbortSignal | undefined): void {
    const { connection, maxPendingCalls } = this.#ports
    if (connection.closed) throw connection.closed
    if (signal?.aborted) throw aborted(signal)
    if (this.#pending.size < maxPendingCalls) return
    throw new WirepactError('TOO_MANY_PENDING', 'Too many calls wait for their answers.')
  }

  #limit(options: CallOptions, giveUp: (error: WirepactError) => void): Stop {
    const { clock, callTimeoutMs } = this.#ports
    const { timeoutMs = callTimeoutMs, signal } = options
    const expire = () => giveUp(new WirepactError('TIMEOUT', `No answer within ${timeoutMs} ms.`))
    const abort = () => giveUp(aborted(signal))
    const timer = timeoutMs > 0 && timeoutMs < Infinity ? clock.startTimer(expire, timeoutMs) : undefined
    signal?.addEventListener('abort', abort)
    return () => {
      clock.stopTimer(timer)
      signal?.removeEventListener('abort', abort)
    }
  }

  /** Tells the server that nobody waits any more, where it may be at work. */
  #giveUp(id: number, error: WirepactError, cancellable: boolean): void {
    const { outbox } = this.#ports
    const letter = this.#pending.get(id)?.letter
    this.settle(id, error)
    if (letter === undefined || outbox.takeBack(letter) || !cancellable) return
    // Where there is no room for it, nothing is lost: the answer will be dropped all the same.
    outbox.post({ text: encodeFrame(['cancel', id]), failed: () => undefined })
  }
}

function aborted(signal: AbortSignal | undefined): WirepactError {
  return new WirepactError('ABORTED', 'The caller gave up.', { cause: signal?.reason })
}
