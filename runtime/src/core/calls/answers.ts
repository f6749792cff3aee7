import { closeCodes, toErrorBody, WirepactError } from '@wirepact/protocol'
import type { RequestDefinition, StreamDefinition } from '../../definition.js'
import type { Connection } from '../connection.js'
import { Packet } from '../packet.js'
import { requireValid } from '../sending.js'
import { toFailure } from '../to-failure.js'
import { Production } from './production.js'

/** A question of the client that is not answered yet. */
export interface Due {
  readonly id: number
  /** The message; undefined for a frame that is no message of the schema. */
  readonly name: string | undefined
  /** Undefined while only a refusal is due. */
  readonly definition: RequestDefinition | StreamDefinition | undefined
  /** How many items of a stream may be sent as soon as there are some. */
  credit?: number
  /** What answers a stream, once its handler has returned. */
  production?: Production
  /** Aborted when nobody waits for the answer any more; made when the handler asks for its signal. */
  abort?: AbortController
  /** Whether nobody waits for the answer while the handler still runs. */
  cancelled?: boolean
}

/** Shared by all that owe nothing yet; nothing is ever put into it. */
const none = new Map<number, never>()

/** What the client is owed. It makes sure that every question is answered once, and that there are not too many. */
export class Answers {
  readonly #connection: Connection
  /** By id; `none` until something is due. */
  #due: Map<number, Due> = none
  /** The request whose handler has been called and has not returned yet: most answer at once, and need no entry. */
  #atHand: Due | undefined
  /** Handlers that run without an answer being due: those of events, and those whose question was cancelled. */
  #working = 0
  /** While the client waits because too many handlers of events run. */
  #holdTimer: unknown

  constructor(connection: Connection) {
    this.#connection = connection
  }

  get isFull(): boolean {
    return this.#due.size + this.#working >= this.#connection.core.limits.maxPending
  }

  /** Whether handlers are running; a stream that its client reads may never end, and does not count. */
  get isBusy(): boolean {
    if (this.#working > 0 || this.#atHand !== undefined) return true
    for (const { production } of this.#due.values()) if (production === undefined) return true
    return false
  }

  /** False when the question was refused. */
  begin(due: Due): boolean {
    if (this.#due.has(due.id) || this.#atHand?.id === due.id) {
      const error = new WirepactError('DUPLICATE_ID', 'A request with this id is not answered yet.')
      this.#connection.refuse(error)
      return false
    }
    if (this.isFull) {
      this.#connection.sendFrame([
        'error',
        due.id,
        toErrorBody(tooMany(this.#connection.core.limits.maxPending)),
      ])
      return false
    }
    if (due.definition?.kind === 'request' && this.#atHand === undefined) this.#atHand = due
    else this.#keep(due)
    return true
  }

  #keep(due: Due): void {
    if (this.#due === none) this.#due = new Map()
    this.#due.set(due.id, due)
  }

  #forget(due: Due): void {
    if (due === this.#atHand) this.#atHand = undefined
    else this.#due.delete(due.id)
  }

  /** Waits for work that answers nothing, so that it counts. */
  async work(work: Promise<unknown>): Promise<void> {
    this.#working++
    try {
      await work
    } finally {
      this.#working--
      if (this.#holdTimer !== undefined) this.#release()
    }
  }

  /** The same for the handler of an event: the client waits when there are too many. */
  workOnEvent(work: Promise<unknown>): Promise<void> {
    const working = this.work(work)
    if (this.#working >= this.#connection.core.limits.maxPending) this.#hold()
    return working
  }

  /** Not for ever: of a client that waits nothing is heard, not even that it is gone. */
  #hold(): void {
    const { environment, limits } = this.#connection.core
    this.#connection.intake.hold(this)
    this.#holdTimer ??= environment.clock.startTimer(() => this.#release(), limits.pingTimeoutMs)
  }

  #release(): void {
    this.#connection.core.environment.clock.stopTimer(this.#holdTimer)
    this.#holdTimer = undefined
    this.#connection.intake.release(this)
  }

  async settle(due: Due, result: Promise<unknown>): Promise<void> {
    if (due === this.#atHand) {
      this.#atHand = undefined
      this.#keep(due)
    }
    try {
      this.reply(due, await result)
    } catch (error) {
      this.fail(due, error)
    }
  }

  /** Answers with what the handler returned: a reply, or the items of a stream. */
  reply(due: Due, output: unknown): void {
    if (!this.#isDue(due)) return this.#tooLate(due, output)
    if (due.definition?.kind === 'stream') return this.#produce(due, output)
    const packet = this.#encode(due, output)
    this.#forget(due)
    this.#connection.send(packet)
  }

  fail(due: Due, thrown: unknown): void {
    if (!this.#isDue(due)) return this.#tooLate(due, undefined)
    this.#forget(due)
    if (this.#connection.dismiss(thrown)) return
    const error = this.#connection.core.toPublicError(thrown, this.#connection, due.name)
    if (refusals.has(error.code)) return this.#connection.refuse(error, due.id, due.name)
    const failure = { name: due.name, isBad: false }
    this.#connection.core.observer?.failed?.(toFailure(this.#connection, error, failure))
    this.#connection.sendFrame(['error', due.id, toErrorBody(error)])
    if (error.code === 'ENGINE_FAILED')
      this.#connection.end(closeCodes.TRY_AGAIN_LATER, 'The channel failed.')
  }

  /** Answers a frame that is answered elsewhere: only a failure is left to tell. */
  async finish(due: Due, work: Promise<void>): Promise<void> {
    try {
      await work
      if (this.#isDue(due)) this.#due.delete(due.id)
    } catch (error) {
      this.fail(due, error)
    }
  }

  /** Allows more items of a stream. Credit for what is answered already comes too late, and is no mistake. */
  grant(id: number, more: number): void {
    const due = this.#due.get(id)
    if (due === undefined) return
    const { maxCredit } = this.#connection.core.limits
    const credit = (due.production?.credit ?? due.credit ?? 0) + more
    if (credit > maxCredit) return this.#connection.refuse(tooMuchCredit(maxCredit))
    if (due.production === undefined) due.credit = credit
    else due.production.grant(more)
  }

  /** The client no longer wants the answer; what runs for it goes on counting until it is done. */
  cancel(id: number): void {
    const due = this.#due.get(id)
    if (due === undefined) return
    this.#due.delete(id)
    due.abort?.abort()
    if (due.production !== undefined) return this.#stop(due, due.production)
    due.cancelled = true
    this.#working++
  }

  /** Ends the streams whose messages the client may no longer send. */
  accessChanged(): void {
    for (const { id, definition } of this.#due.values()) {
      if (definition?.kind !== 'stream' || definition.auth === undefined) continue
      const error = this.#connection.access.refuse(definition.auth)
      if (error === undefined) continue
      this.cancel(id)
      this.#connection.sendFrame(['error', id, toErrorBody(error)])
    }
  }

  /** Nothing is due any more, and every stream learns that it ends. */
  close(): void {
    if (this.#holdTimer !== undefined) this.#release()
    const left = [...this.#due.values()]
    this.#due.clear()
    this.#atHand = undefined
    for (const due of left) {
      due.abort?.abort()
      if (due.production !== undefined) this.#stop(due, due.production)
    }
  }

  /** Tells the handler of a question when nobody waits for its answer any more. */
  signalOf(due: Due): AbortSignal {
    due.abort ??= new AbortController()
    if (!this.#isDue(due)) due.abort.abort()
    return due.abort.signal
  }

  #isDue(due: Due): boolean {
    return due === this.#atHand || this.#due.get(due.id) === due
  }

  #produce(due: Due, items: unknown): void {
    const production = new Production(items, {
      item: (data) => this.#connection.send(this.#encode(due, data)),
      end: () => {
        this.#due.delete(due.id)
        this.#connection.sendFrame(['end', due.id])
      },
      fail: (thrown) => this.fail(due, thrown),
      room: () => this.#connection.outgoing.room(),
    })
    due.production = production
    production.grant(due.credit ?? 0)
  }

  #encode({ id, name = '', definition }: Due, data: unknown): Packet {
    const isStream = definition?.kind === 'stream'
    const validator = isStream ? definition.item : definition?.output
    if (validator !== undefined && this.#connection.core.validatesOutput) requireValid(validator, data, name)
    return Packet.fitting([isStream ? 'item' : 'reply', id, data ?? null], validator)
  }

  #stop(due: Due, production: Production): void {
    const stopped = production.stop().catch((error: unknown) => {
      this.#connection.core.handlerFailed(error, this.#connection, due.name)
    })
    this.#connection.core.track(this.work(stopped))
  }

  /** An answer that nobody waits for. Items that were never asked for are let go of. */
  #tooLate(due: Due, output: unknown): void {
    if (due.cancelled === true) this.#working--
    due.cancelled = false
    if (due.definition?.kind !== 'stream' || output === undefined) return
    const ignore = () => undefined
    const outlet = { item: ignore, end: ignore, fail: ignore, room: ignore }
    this.#stop(due, new Production(output, outlet))
  }
}

/** What counts as a bad message. */
const refusals: ReadonlySet<string> = new Set(['INVALID_PAYLOAD', 'WRONG_KIND', 'RATE_LIMITED'])

export function tooMany(maxPending: number): WirepactError {
  return new WirepactError('TOO_MANY_PENDING', `More than ${maxPending} messages wait for their handlers.`)
}

export function tooMuchCredit(maxCredit: number): WirepactError {
  return new WirepactError('INVALID_FRAME', `A stream has credit for at most ${maxCredit} items.`)
}
