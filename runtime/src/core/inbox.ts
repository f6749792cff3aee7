import {
  type ClientFrame,
  type MaybePromise,
  toErrorBody,
  toWirepactError,
  WirepactError,
} from '@wirepact/protocol'
import type { EventDefinition, RequestDefinition, StreamDefinition } from '../definition.js'
import { callThrough, type MessageStages } from './call-through.js'
import { Answers, type Due, tooMany, tooMuchCredit } from './calls/answers.js'
import { Sequence } from './calls/sequence.js'
import { answerHistory, answerMembers, answerSubscribe, answerUnsubscribe } from './channel-frames.js'
import type { Connection } from './connection.js'
import type { ConnectionContext } from './context.js'
import { Gate } from './gate.js'
import { isPromise } from './is-promise.js'
import { accepts, refusePayload } from './payload.js'
import { readRetryAfter } from './rates.js'
import { answerRefresh } from './refresh.js'
import { runHandler, toObserved } from './run-handler.js'
import { toFailure } from './to-failure.js'

type EventFrame = Extract<ClientFrame, readonly [type: 'event', ...rest: unknown[]]>
type QuestionFrame = Extract<ClientFrame, readonly [type: 'request' | 'stream', ...rest: unknown[]]>

/** An event with what it says. */
interface Said {
  readonly name: string
  readonly data: unknown
}

/** A question that is a message of the schema. */
type MessageDue = Due & { readonly name: string; readonly definition: RequestDefinition | StreamDefinition }

/** Refreshes are handled one after the other, so that the last one is right; no channel has this name. */
const refreshTurn = '\0refresh'

/**
 * What one connection is sent. It knows which handler or which part of the connection a frame is for; handlers
 * start in the order of their messages, and one that waits does not hold up the next.
 */
export class Inbox {
  readonly #connection: Connection
  readonly #answers: Answers
  readonly #gate: Gate
  /** Made with the first event that is to be acknowledged. */
  #sequence: Sequence | undefined
  #isLeaving = false

  constructor(connection: Connection) {
    this.#connection = connection
    this.#answers = new Answers(connection)
    this.#gate = new Gate(connection)
  }

  /** Whether handlers are running. */
  get isBusy(): boolean {
    return this.#answers.isBusy
  }

  /** Nothing new is begun any more. */
  leave(): void {
    this.#isLeaving = true
  }

  take(frame: ClientFrame): void {
    if (this.#isLeaving && beginnings.has(frame[0])) return
    const { memberships } = this.#connection
    switch (frame[0]) {
      case 'event':
        return this.#event(frame)
      case 'request':
      case 'stream':
        return this.#question(frame)
      case 'pong':
        this.#connection.activity--
        return
      case 'cancel':
        return this.#answers.cancel(frame[1])
      case 'credit':
        return this.#answers.grant(frame[1], frame[2])
      case 'reply':
        return this.#connection.questions.reply(frame[1], frame[2])
      case 'error':
        return this.#connection.questions.error(frame[1], frame[2])
      case 'item':
        return this.#connection.questions.item(frame[1], frame[2])
      case 'end':
        return this.#connection.questions.end(frame[1])
      case 'subscribe':
        return this.#answer(frame[1], (id) =>
          memberships.inTurn(frame[2], () => answerSubscribe(this.#connection, id, frame)),
        )
      case 'unsubscribe':
        return this.#answer(frame[1], (id) =>
          memberships.inTurn(frame[2], () => answerUnsubscribe(this.#connection, id, frame[2])),
        )
      case 'history':
        return this.#answer(frame[1], (id) => answerHistory(this.#connection, id, frame))
      case 'members':
        return this.#answer(frame[1], (id) => answerMembers(this.#connection, id, frame))
      case 'refresh':
        return this.#answer(frame[1], (id) =>
          memberships.inTurn(refreshTurn, () => answerRefresh(this.#connection, id, frame[2])),
        )
      case 'hello':
        return this.#connection.refuse(new WirepactError('INVALID_FRAME', 'The connection is open already.'))
    }
  }

  /** Ends the streams that are no longer allowed. */
  accessChanged(): void {
    this.#answers.accessChanged()
  }

  /** No answer is due any more. */
  close(): void {
    this.#answers.close()
  }

  #event([, name, data, sequence]: EventFrame): void {
    if (sequence === undefined) void this.#handleEvent(name, data, false)
    else this.#takeInTurn(sequence, () => this.#handleEvent(name, data, true))
  }

  #takeInTurn(sequence: number, handle: () => MaybePromise<void>): void {
    this.#sequence ??= new Sequence(this.#connection, this.#connection.acked)
    this.#sequence.take(sequence, handle)
  }

  /** Throws, or rejects, only for an event that comes again and that the engine could not take. */
  #handleEvent(name: string, data: unknown, comesAgain: boolean): MaybePromise<void> {
    const definition = this.#connection.admission.route.receives.get(name)
    if (definition?.kind !== 'event') return this.#connection.refuse(unknownMessage(name))
    this.#connection.core.observer?.received?.(toObserved(this.#connection, name))
    const refusal = this.#gate.refuse(name, definition)
    if (refusal !== undefined) return this.#stopEvent({ name, data }, refusal, comesAgain)
    if (!accepts(definition.data, data)) return this.#refuseEvent(definition, name, data)
    if (!comesAgain && this.#answers.isFull)
      return this.#connection.refuse(tooMany(this.#connection.core.limits.maxPending))
    try {
      const { messages } = this.#connection.admission.route.stages
      const result =
        messages === undefined
          ? runHandler(this.#connection, name, this.#connection.context, data)
          : this.#handleThrough(messages, { name, data }, comesAgain)
      if (isPromise(result)) return this.#finishEvent(name, result, comesAgain)
    } catch (error) {
      this.#eventFailed(name, error, comesAgain)
    }
  }

  /** An event that comes too often is refused, or waits where it must not be lost. */
  #stopEvent(event: Said, refusal: WirepactError, comesAgain: boolean): MaybePromise<void> {
    if (refusal.code !== 'RATE_LIMITED') return this.#refuseEventWith(refusal, event.name)
    if (!comesAgain) {
      const { code, message, data } = refusal
      return this.#connection.refuse(new WirepactError(code, message, { data, name: event.name }))
    }
    const { retryAfterMs } = refusal.data as { readonly retryAfterMs: number }
    return this.#connection.core
      .wait(retryAfterMs)
      .then(() => this.#handleEvent(event.name, event.data, comesAgain))
  }

  /** One that comes too often for a middleware waits, too, where it must not be lost. */
  #handleThrough(messages: MessageStages, { name, data }: Said, comesAgain: boolean): unknown {
    const said = { name, kind: 'event', data } as const
    const call = () => callThrough(this.#connection, messages, { said, context: this.#connection.context })
    return comesAgain ? this.#untilInTime(call) : call()
  }

  async #untilInTime(call: () => unknown): Promise<unknown> {
    for (;;) {
      try {
        return await call()
      } catch (error) {
        const delayMs = readRetryAfter(error)
        if (delayMs === undefined || this.#connection.status !== 'open') throw error
        await this.#connection.core.wait(delayMs)
      }
    }
  }

  async #refuseEvent(definition: EventDefinition, name: string, data: unknown): Promise<void> {
    try {
      await refusePayload(definition.data, data, name)
    } catch (error) {
      this.#connection.refuse(toWirepactError(error))
    }
  }

  async #finishEvent(name: string, result: Promise<unknown>, comesAgain: boolean): Promise<void> {
    try {
      await this.#answers.workOnEvent(result)
    } catch (error) {
      this.#eventFailed(name, error, comesAgain)
    }
  }

  #eventFailed(name: string, thrown: unknown, comesAgain: boolean): void {
    if (this.#connection.dismiss(thrown)) return
    const error = this.#connection.core.toPublicError(thrown, this.#connection, name)
    if (comesAgain && error.code === 'ENGINE_FAILED') throw error
    const { code, message, data } = error
    if (code === 'RATE_LIMITED')
      return this.#connection.refuse(new WirepactError(code, message, { data, name }), null, name)
    this.#refuseEventWith(error, name)
  }

  #refuseEventWith(error: WirepactError, name: string): void {
    this.#connection.core.observer?.failed?.(toFailure(this.#connection, error, { name, isBad: false }))
    this.#connection.sendFrame(['error', null, { ...toErrorBody(error), name }])
  }

  #question(frame: QuestionFrame): void {
    const type = frame[0]
    const id = frame[1]
    const name = frame[2]
    const input = frame[3]
    const definition = this.#connection.admission.route.receives.get(name)
    if (definition?.kind !== type) return this.#connection.refuse(unknownMessage(name), id)
    this.#connection.core.observer?.received?.(toObserved(this.#connection, name))
    const refusal = this.#gate.refuse(name, definition)
    if (refusal !== undefined) return this.#stopQuestion({ id, name }, refusal)
    const due: MessageDue =
      frame[0] === 'stream' ? { id, name, definition, credit: frame[4] } : { id, name, definition }
    const { maxCredit } = this.#connection.core.limits
    if (due.credit !== undefined && due.credit > maxCredit)
      return this.#connection.refuse(tooMuchCredit(maxCredit), id)
    if (!this.#answers.begin(due)) return
    if (!accepts(definition.input, input)) {
      void this.#answers.settle(due, refusePayload(definition.input, input))
      return
    }
    this.#handle(due, input)
  }

  #stopQuestion({ id, name }: { id: number; name: string }, refusal: WirepactError): void {
    if (refusal.code === 'RATE_LIMITED') return this.#connection.refuse(refusal, id, name)
    this.#connection.core.observer?.failed?.(toFailure(this.#connection, refusal, { name, isBad: false }))
    this.#connection.sendFrame(['error', id, toErrorBody(refusal)])
  }

  #handle(due: MessageDue, input: unknown): void {
    const { name, definition } = due
    try {
      const own = this.#contextOf(due)
      const { messages } = this.#connection.admission.route.stages
      const result =
        messages === undefined
          ? runHandler(this.#connection, name, own, input)
          : callThrough(this.#connection, messages, {
              said: { name, kind: definition.kind, data: input },
              context: own,
            })
      if (isPromise(result)) void this.#answers.settle(due, result)
      else this.#answers.reply(due, result)
    } catch (error) {
      this.#answers.fail(due, error)
    }
  }

  #contextOf(due: MessageDue): ConnectionContext {
    const { context } = this.#connection
    const { name, definition } = due
    if (definition.kind !== 'stream') return context.forRequest(name, definition)
    return context.forStream(name, definition, () => this.#answers.signalOf(due))
  }

  /** Answers a frame that is no message of the schema. */
  #answer(id: number, answer: (id: number) => Promise<void>): void {
    const due: Due = { id, name: undefined, definition: undefined }
    if (this.#answers.begin(due)) void this.#answers.finish(due, answer(id))
  }
}

/** Frames that begin something: a client that sees no answer sends them again, or learns that they were lost. */
const beginnings: ReadonlySet<string> = new Set([
  'event',
  'request',
  'stream',
  'subscribe',
  'unsubscribe',
  'history',
])

function unknownMessage(name: string): WirepactError {
  return new WirepactError('UNKNOWN_MESSAGE', 'This route takes no message of this name.', { name })
}
