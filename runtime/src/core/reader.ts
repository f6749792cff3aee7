import { closeCodes, WirepactError } from '@wirepact/protocol'
import type { MessagesOptions } from '../types.js'
import type { Connection } from './connection.js'

/** A message of a route without an envelope. */
export interface ReadMessage {
  readonly name: string
  readonly data: unknown
}

type Result = IteratorResult<ReadMessage, undefined>

const over: IteratorReturnResult<undefined> = { done: true, value: undefined }
const defaultMaxBuffered = 64

/**
 * The messages of one connection as an async iterator: those that no handler takes. When they are not read, the client
 * is asked to wait; what was on its way already is kept, up to a limit. It ends with the connection.
 */
export class Reader implements AsyncIterableIterator<ReadMessage, undefined, undefined> {
  readonly #connection: Connection
  readonly #maxBuffered: number
  #items: ReadMessage[] = []
  #waiting: ((result: Result) => void)[] = []
  #isOver = false

  /** Throws a `RangeError` for a number of messages that is none. */
  constructor(connection: Connection, { maxBuffered = defaultMaxBuffered }: MessagesOptions) {
    if (typeof maxBuffered !== 'number' || !(maxBuffered >= 1))
      throw new RangeError(`maxBuffered is a number from 1 on, not ${maxBuffered}.`)
    this.#connection = connection
    this.#maxBuffered = maxBuffered
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  push(message: ReadMessage): void {
    const resolve = this.#waiting.shift()
    if (resolve !== undefined) return resolve({ done: false, value: message })
    if (this.#items.push(message) >= this.#maxBuffered) this.#connection.intake.hold(this)
    if (this.#items.length > this.#maxBuffered + this.#connection.core.limits.maxHeld)
      this.#connection.end(closeCodes.POLICY_VIOLATION, 'Messages come faster than they are read.')
  }

  next(): Promise<Result> {
    const value = this.#items.shift()
    if (this.#items.length * 2 <= this.#maxBuffered) this.#connection.intake.release(this)
    if (value !== undefined) return Promise.resolve({ done: false, value })
    if (this.#isOver) return Promise.resolve(over)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Whoever leaves the loop reads no more; somebody else may. */
  return(): Promise<IteratorReturnResult<undefined>> {
    this.#items = []
    this.end()
    this.#connection.intake.release(this)
    if (this.#connection.reader === this) this.#connection.reader = undefined
    return Promise.resolve(over)
  }

  /** Nothing will come any more; what is there can still be read. */
  end(): void {
    this.#isOver = true
    for (const resolve of this.#waiting.splice(0)) resolve(over)
  }
}

/**
 * Begins to read. Throws a `TypeError` on a route with an envelope, and while somebody reads already, and a `RangeError`
 * for a `maxBuffered` that is none.
 */
export function readMessages(connection: Connection, options: MessagesOptions): Reader {
  if (!connection.isBare)
    throw new TypeError('Only on a bare route messages are read so: others have handlers.')
  if (connection.reader !== undefined) throw new TypeError('The messages are read already.')
  const reader = new Reader(connection, options)
  if (connection.isConnected) connection.reader = reader
  else reader.end()
  return reader
}

/** A message that has no handler: on a bare route it is for whoever reads. */
export function takeUnhandled(connection: Connection, name: string, data: unknown): void {
  if (!connection.isBare) throw new TypeError(`There is no handler for ${name}.`)
  if (connection.reader !== undefined) connection.reader.push({ name, data })
  else connection.refuse(new WirepactError('UNKNOWN_MESSAGE', 'Nobody reads this message.', { name }))
}
