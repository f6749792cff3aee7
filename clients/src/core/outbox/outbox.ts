import { type ClientFrame, WirepactError } from '@wirepact/protocol'
import type { CallOptions, SendOptions, Sent, Status, Stop } from '../../types.js'
import type { Core } from '../core.js'

/** Takes what became of a question; called exactly once. */
export type Answer = (error: WirepactError | undefined, output?: unknown) => void

/** How a question is asked. */
export interface AskOptions extends CallOptions {
  /** Whether it may be asked again when its answer was lost with the connection. */
  readonly idempotent?: boolean | undefined
}

/** What ends the waiting. */
export interface Limits {
  readonly timeoutMs?: number
  readonly signal?: AbortSignal | undefined
}

/** A message on its way. */
interface Letter {
  message: string | Uint8Array
  /** Takes the reason why it could not be sent after it had waited. */
  readonly failed: (error: WirepactError) => void
  /** Stops what could give up on it. */
  stop?: Stop
}

interface Question extends Letter {
  frame?: ClientFrame
  readonly answer: Answer
  readonly idempotent: boolean | undefined
}

/**
 * Everything that is sent passes here, in order; what cannot be sent before the connection is open waits. Questions and
 * their answers are matched by an id that is never used twice. Every question is settled: answered, refused, timed
 * out, aborted, lost or closed. An answer that nobody waits for any more is dropped.
 */
export class Outbox {
  readonly #core: Core
  readonly #waiting = new Set<Letter>()
  readonly #questions = new Map<number, Question>()
  #lastId = 0

  constructor(core: Core) {
    this.#core = core
  }

  /** Sends a one-way message, or keeps it for the next connection while there is room. */
  say(name: string, data: unknown, { ttlMs = 0, signal }: SendOptions = {}): Sent {
    const { codec, connection, maxQueuedMessages, tell } = this.#core
    try {
      if (connection.closed) throw connection.closed
      if (this.#waiting.size >= maxQueuedMessages) throw new WirepactError('BUFFER_OVERFLOW')
      const message = codec.encode(['event', name, data])
      const failed = ({ code, message }: WirepactError) => tell(new WirepactError(code, message, { name }))
      const letter: Letter = { message, failed }
      if (this.#post(letter)) return { outcome: 'sent' }
      const giveUp = (error: WirepactError) => this.#waiting.delete(letter) && failed(error)
      letter.stop = this.limit({ timeoutMs: ttlMs, signal }, giveUp)
      return { outcome: 'queued' }
    } catch (thrown) {
      return { outcome: 'refused', error: WirepactError.from(thrown) }
    }
  }

  /** Sends a frame; `failed` takes why it could not be sent. */
  send(frame: ClientFrame, failed: (error: WirepactError) => void): void {
    try {
      this.#post({ message: this.#core.codec.encode(frame), failed })
    } catch (thrown) {
      failed(WirepactError.from(thrown))
    }
  }

  /** Sends the frame as soon as the connection is open. What it returns gives up on the answer. */
  ask(
    toFrame: (id: number) => ClientFrame,
    answer: Answer,
    options: AskOptions = {},
  ): (error: WirepactError) => void {
    const id = ++this.#lastId
    const failed = (error: WirepactError) => this.settle(id, error)
    const giveUp = (error: WirepactError) => this.#giveUp(id, error)
    const question: Question = { message: '', failed, answer, idempotent: options.idempotent }
    this.#questions.set(id, question)
    try {
      this.#admit(options)
      question.frame = toFrame(id)
      question.message = this.#core.codec.encode(question.frame)
      question.stop = this.limit(options, giveUp)
      this.#post(question)
    } catch (thrown) {
      failed(WirepactError.from(thrown))
    }
    return giveUp
  }

  /** What was asked; undefined once it is settled. */
  asked(id: number): ClientFrame | undefined {
    return this.#questions.get(id)?.frame
  }

  /** {@link ask} as a promise. */
  call(toFrame: (id: number) => ClientFrame, options?: AskOptions): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.ask(toFrame, (error, output) => (error ? reject(error) : resolve(output)), options)
    })
  }

  /** The other side has answered, or never will. */
  settle(id: number, error?: WirepactError, output?: unknown): void {
    const question = this.#questions.get(id)
    this.#questions.delete(id)
    question?.stop?.()
    question?.answer(error, output)
  }

  /**
   * Sends what waits when the connection is open. When it is lost, whether what was sent has been handled is not known:
   * only what may be handled twice is asked again. When it is closed, nothing is sent any more.
   */
  changed({ state }: Status): void {
    const { connection } = this.#core
    if (state === 'waiting') this.#lost()
    for (const letter of this.#waiting) {
      if (state !== connection.status.state || (state !== 'open' && state !== 'closed')) return
      this.#waiting.delete(letter)
      if (!('answer' in letter)) letter.stop?.()
      try {
        if (connection.closed) throw connection.closed
        connection.send(letter.message)
      } catch (thrown) {
        letter.failed(WirepactError.from(thrown))
      }
    }
    const { closed } = connection
    if (closed) for (const id of this.#questions.keys()) this.settle(id, closed)
  }

  #lost(): void {
    for (const [id, question] of this.#questions) {
      if (question.idempotent) this.#waiting.add(question)
      else if (!this.#waiting.has(question)) this.settle(id, new WirepactError('CONNECTION_LOST'))
    }
  }

  /** Sends at once when open, also before what waits: that is how members come first. Whether it was sent. */
  #post(letter: Letter): boolean {
    const { connection } = this.#core
    const isOpen = connection.status.state === 'open'
    if (isOpen) connection.send(letter.message)
    else this.#waiting.add(letter)
    return isOpen
  }

  #admit({ signal }: CallOptions): void {
    const { connection, maxPendingCalls } = this.#core
    if (connection.closed) throw connection.closed
    if (signal?.aborted) throw aborted(signal)
    if (this.#questions.size > maxPendingCalls) throw new WirepactError('TOO_MANY_PENDING')
  }

  /** Gives up when the time is over, or for the signal. */
  limit(options: Limits, giveUp: (error: WirepactError) => void): Stop {
    const { clock, callTimeoutMs } = this.#core
    const { timeoutMs = callTimeoutMs, signal } = options
    const expire = () => giveUp(new WirepactError('TIMEOUT', `Nothing within ${timeoutMs} ms`))
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
    const question = this.#questions.get(id)
    this.settle(id, error)
    // Where there is no room for it, nothing is lost: the answer will be dropped all the same.
    if (question && !this.#waiting.delete(question)) this.send(['cancel', id], () => undefined)
  }
}

/** The caller gave up, for the signal's reason. */
export function aborted(signal: AbortSignal | undefined): WirepactError {
  return new WirepactError('ABORTED', undefined, { cause: signal?.reason })
}
