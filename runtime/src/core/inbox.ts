import { type ClientFrame, closeCodes, toErrorBody, WirepactError } from '@wirepact/protocol'
import type { EventDefinition, RequestDefinition } from '../definition.js'
import { answerHistory, answerSubscribe, answerUnsubscribe } from './channel-frames.js'
import type { Connection } from './connection.js'
import { Packet } from './packet.js'
import { callHandler, refusePayload } from './route.js'
import { requireValid } from './sending.js'

/** A request whose answer is due. */
interface Due {
  readonly id: number
  readonly name: string
  /** Undefined while only a refusal is due. */
  readonly definition: RequestDefinition | undefined
}

/**
 * What one connection is asked. It knows which handler a frame is for, and makes sure that every request is
 * answered once; handlers start in the order of their messages, and one that waits does not hold up the next.
 */
export class Inbox {
  readonly #connection: Connection
  /** The requests whose answers are still due. */
  readonly #pending = new Set<number>()
  #working = 0

  constructor(connection: Connection) {
    this.#connection = connection
  }

  take(frame: ClientFrame): void {
    switch (frame[0]) {
      case 'event':
        return this.#event(frame[1], frame[2])
      case 'request':
        return this.#request(frame[1], frame[2], frame[3])
      case 'pong':
        return
      case 'cancel':
        this.#pending.delete(frame[1])
        return
      case 'subscribe':
        return this.#answer(frame[1], (id) => answerSubscribe(this.#connection, id, frame))
      case 'unsubscribe':
        return this.#answer(frame[1], (id) => answerUnsubscribe(this.#connection, id, frame[2]))
      case 'history':
        return this.#answer(frame[1], (id) => answerHistory(this.#connection, id, frame))
      case 'hello':
        return this.#connection.refuse(new WirepactError('INVALID_FRAME', 'The connection is open already.'))
    }
  }

  /** No answer is due any more. */
  close(): void {
    this.#pending.clear()
  }

  #event(name: string, data: unknown): void {
    const definition = this.#connection.admission.route.receives.get(name)
    if (definition?.kind !== 'event') return this.#connection.refuse(unknownMessage(name))
    if (!definition.data.check(data)) return this.#refuseEvent(definition, name, data)
    if (this.#isFull()) return this.#connection.refuse(tooMany(this.#connection.core.limits.maxPending))
    try {
      const result = callHandler(this.#connection.handlers, name, this.#connection.context, data)
      if (isPromise(result)) void this.#finishEvent(name, result)
    } catch (error) {
      this.#eventFailed(name, error)
    }
  }

  #refuseEvent(definition: EventDefinition, name: string, data: unknown): void {
    refusePayload(definition.data, data, name).catch((error: unknown) => {
      this.#connection.refuse(WirepactError.from(error))
    })
  }

  async #finishEvent(name: string, result: Promise<unknown>): Promise<void> {
    this.#working++
    try {
      await result
    } catch (error) {
      this.#eventFailed(name, error)
    } finally {
      this.#working--
    }
  }

  #eventFailed(name: string, thrown: unknown): void {
    const error = this.#connection.core.toPublicError(thrown, this.#connection, name)
    this.#connection.sendFrame(['error', null, { ...toErrorBody(error), name }])
  }

  #request(id: number, name: string, input: unknown): void {
    const definition = this.#connection.admission.route.receives.get(name)
    if (definition?.kind !== 'request') return this.#connection.refuse(unknownMessage(name), id)
    if (!this.#begin(id)) return
    if (!definition.input.check(input)) {
      void this.#settle({ id, name, definition: undefined }, refusePayload(definition.input, input))
      return
    }
    const { handlers, context } = this.#connection
    try {
      const result = callHandler(handlers, name, context.forRequest(name, definition), input)
      if (isPromise(result)) void this.#settle({ id, name, definition }, result)
      else this.#reply({ id, name, definition }, result)
    } catch (error) {
      this.#fail(id, error, name)
    }
  }

  /** Answers a frame that is no message of the schema. */
  #answer(id: number, answer: (id: number) => Promise<void>): void {
    if (!this.#begin(id)) return
    answer(id).then(
      () => this.#pending.delete(id),
      (error: unknown) => this.#fail(id, error, undefined),
    )
  }

  #begin(id: number): boolean {
    if (this.#pending.has(id)) {
      this.#connection.refuse(
        new WirepactError('DUPLICATE_ID', 'A request with this id is not answered yet.'),
      )
      return false
    }
    if (this.#isFull()) {
      this.#connection.sendFrame(['error', id, toErrorBody(tooMany(this.#connection.core.limits.maxPending))])
      return false
    }
    this.#pending.add(id)
    return true
  }

  #isFull(): boolean {
    return this.#pending.size + this.#working >= this.#connection.core.limits.maxPending
  }

  async #settle(due: Due, result: Promise<unknown>): Promise<void> {
    try {
      this.#reply(due, await result)
    } catch (error) {
      this.#fail(due.id, error, due.name)
    }
  }

  #reply({ id, name, definition }: Due, output: unknown): void {
    if (!this.#pending.has(id)) return
    if (definition !== undefined && this.#connection.core.validatesOutput)
      requireValid(definition.output, output, name)
    const packet = Packet.of(['reply', id, output ?? null])
    this.#pending.delete(id)
    this.#connection.send(packet)
  }

  #fail(id: number, thrown: unknown, name: string | undefined): void {
    if (!this.#pending.delete(id)) return
    const error = this.#connection.core.toPublicError(thrown, this.#connection, name)
    if (error.code === 'INVALID_PAYLOAD') return this.#connection.refuse(error, id)
    this.#connection.sendFrame(['error', id, toErrorBody(error)])
    if (error.code === 'ENGINE_FAILED')
      this.#connection.end(closeCodes.TRY_AGAIN_LATER, 'The channel failed.')
  }
}

function unknownMessage(name: string): WirepactError {
  return new WirepactError('UNKNOWN_MESSAGE', 'This route takes no message of this name.', { name })
}

function tooMany(maxPending: number): WirepactError {
  return new WirepactError('TOO_MANY_PENDING', `More than ${maxPending} messages wait for their handlers.`)
}

function isPromise(value: unknown): value is Promise<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  )
}
