import { type ErrorBody, type ServerFrame, toWirepactError, WirepactError } from '@wirepact/protocol'
import type { RequestDefinition, StreamDefinition } from '../../definition.js'
import type { AskOptions, ReadOptions } from '../../types.js'
import type { Connection } from '../connection.js'
import { Packet } from '../packet.js'
import { accepts, refusePayload } from '../payload.js'
import { requireValid } from '../sending.js'
import { readAnswerError } from './answer-error.js'
import { ItemQueue } from './item-queue.js'

/** What is asked. */
export interface Asking<Definition = RequestDefinition | StreamDefinition> {
  readonly name: string
  readonly definition: Definition
  readonly input: unknown
}

/** A question that is not answered yet. */
interface Question {
  readonly name: string
  readonly definition: RequestDefinition | StreamDefinition
  /** Where the items of a stream go; undefined for a request. */
  readonly items: ItemQueue | undefined
  /** Takes what became of it; called exactly once. */
  settle(error: unknown, output?: unknown): void
  /** Stops what could give up on it. */
  stop(): void
}

type Opening = Pick<Question, 'items' | 'settle'> & { readonly credit: number }

/** How long the caller waits. */
interface Patience {
  /** 0 waits for ever. */
  readonly timeoutMs: number
  readonly signal: AbortSignal | undefined
}

/** The most that a stream of a client may hold unread, where its reader does not say. */
const defaultMaxBuffered = 64

/**
 * What the server asks of one client. It makes sure that every question is settled: answered, refused, timed
 * out, aborted, or lost with the connection; and that nothing reaches the caller that does not fit the schema.
 */
export class Questions {
  readonly #connection: Connection
  readonly #open = new Map<number, Question>()
  #lastId = 0

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Whether anything is unanswered. */
  get isAsking(): boolean {
    return this.#open.size > 0
  }

  /** Asks for a reply. A rejection that nobody waits for never ends the process. */
  ask(asking: Asking<RequestDefinition>, options: AskOptions = {}): Promise<unknown> {
    const { timeoutMs = this.#connection.core.limits.callTimeoutMs, signal } = options
    const answer = new Promise<unknown>((resolve, reject) => {
      const settle = (error: unknown, output: unknown) =>
        error === undefined ? resolve(output) : reject(error)
      this.#ask(asking, { items: undefined, settle, credit: 0 }, { timeoutMs, signal })
    })
    answer.catch((error: unknown) => this.#notAnswered(error, asking.name))
    return answer
  }

  /** Asks for items, as soon as the first one is wanted. Throws a `RangeError` for a credit that cannot be given. */
  read(asking: Asking<StreamDefinition>, options: ReadOptions = {}): ItemQueue {
    const { maxBuffered = defaultMaxBuffered, signal } = options
    if (!Number.isSafeInteger(maxBuffered) || maxBuffered < 1)
      throw new RangeError(`maxBuffered is an integer from 1 on, not ${maxBuffered}.`)
    let id: number | undefined
    const producer = {
      start: () => {
        const settle = (error: unknown) =>
          isAborted(error) ? items.abort(error) : items.end(toEnding(error))
        id = this.#ask(asking, { items, settle, credit: maxBuffered }, { timeoutMs: 0, signal })
      },
      grant: (more: number) => this.#grant(id, more),
      cancel: () => this.#giveUp(id, undefined),
    }
    const items = new ItemQueue(producer, maxBuffered)
    return items
  }

  reply(id: number, output: unknown): void {
    const question = this.#open.get(id)
    if (question === undefined) return
    const { definition } = question
    if (definition.kind !== 'request') return this.#refuseForm('This question is to be answered by items.')
    this.#close(id, question)
    if (accepts(definition.output, output)) question.settle(undefined, output)
    else this.#refuse(question, refusePayload(definition.output, output, question.name))
  }

  error(id: number, body: ErrorBody): void {
    const question = this.#open.get(id)
    if (question === undefined) return
    this.#close(id, question)
    readAnswerError(question.definition.errors, body, question.name).then(
      (error) => question.settle(error),
      (refusal: unknown) => this.#failed(question, refusal),
    )
  }

  item(id: number, data: unknown): void {
    const question = this.#open.get(id)
    if (question === undefined) return
    const { definition, items } = question
    if (definition.kind !== 'stream') return this.#refuseForm('This question is to be answered by a reply.')
    if (!accepts(definition.item, data)) {
      this.#giveUpOn(id, question)
      return this.#refuse(question, refusePayload(definition.item, data, question.name))
    }
    if (items?.push(data) !== false) return
    this.#giveUpOn(id, question)
    this.#failed(question, new WirepactError('INVALID_FRAME', 'There was no credit for this item.'))
  }

  end(id: number): void {
    const question = this.#open.get(id)
    if (question === undefined) return
    if (question.items === undefined) return this.#refuseForm('This question is to be answered by a reply.')
    this.#close(id, question)
    question.settle(undefined)
  }

  /** The connection is gone: nothing is answered any more. */
  close(): void {
    for (const [id, question] of this.#open) {
      this.#close(id, question)
      question.settle(new WirepactError('CONNECTION_LOST', 'The connection ended before the answer came.'))
    }
  }

  #ask(asking: Asking, opening: Opening, limits: Patience): number | undefined {
    try {
      this.#requireRoom(limits.signal)
      const id = ++this.#lastId
      const packet = this.#encode(id, asking, opening.credit)
      const { name, definition } = asking
      this.#open.set(id, { name, definition, ...opening, stop: this.#limit(id, limits) })
      this.#connection.core.observer?.sent?.({ connection: this.#connection, name, kind: definition.kind })
      this.#connection.send(packet)
      this.#connection.intake.releaseAll()
      return id
    } catch (error) {
      opening.settle(error)
      return undefined
    }
  }

  #requireRoom(signal: AbortSignal | undefined): void {
    const { status, core } = this.#connection
    if (signal?.aborted === true) throw aborted()
    if (status === 'closing' || status === 'closed') {
      throw new WirepactError('CONNECTION_CLOSED', 'A closed connection answers nothing.')
    }
    if (this.#open.size < core.limits.maxPending) return
    throw new WirepactError(
      'TOO_MANY_PENDING',
      `More than ${core.limits.maxPending} questions wait for answers.`,
    )
  }

  #encode(id: number, { name, definition, input = null }: Asking, credit: number): Packet {
    if (this.#connection.core.validatesOutput) requireValid(definition.input, input, name)
    const frame: ServerFrame =
      definition.kind === 'stream' ? ['stream', id, name, input, credit] : ['request', id, name, input]
    return Packet.fitting(frame, definition.input)
  }

  /** Gives up when the time is over or the caller aborts. */
  #limit(id: number, { timeoutMs, signal }: Patience) {
    const { clock } = this.#connection.core.environment
    const expire = () => this.#giveUp(id, new WirepactError('TIMEOUT', 'The answer did not come in time.'))
    const abort = () => this.#giveUp(id, aborted())
    const timer = timeoutMs > 0 ? clock.startTimer(expire, timeoutMs) : undefined
    signal?.addEventListener('abort', abort)
    return () => {
      if (timer !== undefined) clock.stopTimer(timer)
      signal?.removeEventListener('abort', abort)
    }
  }

  #grant(id: number | undefined, more: number): void {
    if (id !== undefined && this.#open.has(id)) this.#connection.sendFrame(['credit', id, more])
  }

  /** The caller wants no answer any more. */
  #giveUp(id: number | undefined, error: unknown): void {
    const question = id === undefined ? undefined : this.#open.get(id)
    if (id === undefined || question === undefined) return
    this.#giveUpOn(id, question)
    question.settle(error)
  }

  #giveUpOn(id: number, question: Question): void {
    this.#close(id, question)
    this.#connection.sendFrame(['cancel', id])
  }

  #close(id: number, question: Question): void {
    this.#open.delete(id)
    question.stop()
  }

  #refuse(question: Question, refusal: Promise<never>): void {
    refusal.catch((error: unknown) => this.#failed(question, error))
  }

  /** The answer itself is bad: the caller learns it, and it counts as a bad message. */
  #failed(question: Question, error: unknown): void {
    question.settle(error)
    this.#connection.refuse(toWirepactError(error))
  }

  #notAnswered(error: unknown, name: string): void {
    const { code } = toWirepactError(error)
    this.#connection.logger.debug({ code, message: name }, 'A client did not answer.')
  }

  #refuseForm(message: string): void {
    this.#connection.refuse(new WirepactError('INVALID_FRAME', message))
  }
}

function aborted(): WirepactError {
  return new WirepactError('ABORTED', 'The caller gave up.')
}

function isAborted(error: unknown): boolean {
  return error instanceof WirepactError && error.code === 'ABORTED'
}

function toEnding(error: unknown): { readonly error?: unknown } {
  return error === undefined ? {} : { error }
}
