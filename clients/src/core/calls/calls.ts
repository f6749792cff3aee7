import { type ClientFrame, type Clock, WirepactError } from '@wirepact/protocol'
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

/** How a question is asked. */
export interface AskOptions extends CallOptions {
  /** Whether it may be asked again when its answer was lost with the connection. */
  readonly idempotent?: boolean | undefined
}

interface Pending {
  readonly answer: Answer
  readonly type: ClientFrame[0]
  readonly idempotent: boolean | undefined
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

  /** Sends the frame as soon as the connection is open. What it returns gives up on the answer. */
  ask(
    toFrame: (id: number) => ClientFrame,
    answer: Answer,
    options: AskOptions = {},
  ): (error: WirepactError) => void {
    const { outbox } = this.#ports
    const id = ++this.#lastId
    const giveUp = (error: WirepactError) => this.#giveUp(id, error)
    try {
      this.#admit(options.signal)
      const frame = toFrame(id)
      const letter = {
        message: outbox.encode(frame),
        failed: (error: WirepactError) => this.settle(id, error),
      }
      const { idempotent } = options
      this.#pending.set(id, {
        answer,
        letter,
        type: frame[0],
        idempotent,
        stop: this.#limit(options, giveUp),
      })
      outbox.post(letter)
    } catch (thrown) {
      answer(WirepactError.from(thrown))
    }
    return giveUp
  }

  /** {@link ask} as a promise. */
  call(toFrame: (id: number) => ClientFrame, options?: AskOptions): Promise<unknown> {
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

  /**
   * Whether what was sent has been handled is not known: only what may be handled twice is asked again. What was not
   * sent yet goes on waiting.
   */
  lost(error: WirepactError): void {
    const { connection, outbox } = this.#ports
    for (const [id, { letter, idempotent }] of this.#pending) {
      if (outbox.isWaiting(letter)) continue
      if (idempotent && !connection.closed) outbox.post(letter)
      else this.settle(id, error)
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
  #giveUp(id: number, error: WirepactError): void {
    const { outbox } = this.#ports
    const { letter, type } = this.#pending.get(id) ?? {}
    this.settle(id, error)
    if (!letter || outbox.takeBack(letter) || (type !== 'request' && type !== 'stream')) return
    // Where there is no room for it, nothing is lost: the answer will be dropped all the same.
    outbox.send(['cancel', id], () => undefined)
  }
}

function aborted(signal: AbortSignal | undefined): WirepactError {
  return new WirepactError('ABORTED', 'The caller gave up.', { cause: signal?.reason })
}
