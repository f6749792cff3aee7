import { type ClientFrame, type ServerFrame, toErrorBody, WirepactError } from '@wirepact/protocol'
import type { AnswerDefinition } from '../../definition.js'
import type { AnswerContext, RequestHandler, Stop, StreamHandler } from '../../types.js'
import type { Part, PartPorts } from '../part.js'
import { Production } from './production.js'

type Handler = RequestHandler<unknown, unknown> | StreamHandler<unknown, unknown>
type Question = Extract<ServerFrame, readonly ['request' | 'stream', ...unknown[]]>

/** One question that is being answered. */
interface Due {
  readonly abort: AbortController
  readonly production: Production | undefined
}

/** The feature `answers`: messages of the server that the client answers. */
export const answers = (ports: PartPorts): Part => new Answers(ports)

/** Who answers what, and what is being answered; an answer whose connection is gone is dropped. */
class Answers implements Part {
  readonly members = { handle: (name: string, handler: Handler) => this.#handle(name, handler) }
  readonly #ports: PartPorts
  readonly #handlers = new Map<string, Handler>()
  readonly #due = new Map<number, Due>()

  constructor(ports: PartPorts) {
    this.#ports = ports
  }

  received(frame: ServerFrame): boolean {
    const [type, id] = frame
    if (type === 'request' || type === 'stream') this.#asked(frame)
    if (type === 'credit') this.#due.get(frame[1])?.production?.allow(frame[2])
    if (type === 'cancel') this.#drop(id as number)
    return false
  }

  lost(): void {
    for (const id of this.#due.keys()) this.#drop(id)
  }

  closed(): void {
    this.lost()
  }

  #handle(name: string, handler: Handler): Stop {
    this.#handlers.set(name, handler)
    return () => {
      if (this.#handlers.get(name) === handler) this.#handlers.delete(name)
    }
  }

  #asked(frame: Question): void {
    const [type, id, name] = frame
    const known = this.#ports.route.answers?.[name]
    const definition = typeof known === 'string' ? { kind: known } : known
    const handler = this.#handlers.get(name)
    if (!handler || definition?.kind !== type) {
      this.#refuse(id, new WirepactError('UNKNOWN_MESSAGE', 'Nobody answers this message.'))
    } else if (this.#due.size < this.#ports.maxPendingCalls) void this.#answer(frame, handler, definition)
    else this.#refuse(id, new WirepactError('TOO_MANY_PENDING', 'Too many questions wait for their answers.'))
  }

  async #answer(frame: Question, handler: Handler, { errors = [] }: AnswerDefinition): Promise<void> {
    const [type, id, , input, credit] = frame
    const abort = new AbortController()
    const { signal } = abort
    const production = type === 'stream' ? new Production(credit as number, signal) : undefined
    this.#due.set(id, { abort, production })
    try {
      const answer = handler(input, { signal, errors: toFactories(errors) })
      const items = production?.run(answer as AsyncIterable<unknown>, (data) =>
        this.#send(['item', id, data]),
      )
      const output = await (items ?? answer)
      if (!signal.aborted) this.#send(production ? ['end', id] : ['reply', id, output])
    } catch (thrown) {
      if (!signal.aborted) this.#failed(id, thrown, errors)
    }
    if (!signal.aborted) this.#due.delete(id)
  }

  /** A declared error goes over the wire; of any other one the server learns only that there was one. */
  #failed(id: number, thrown: unknown, codes: readonly string[]): void {
    const error = WirepactError.from(thrown)
    try {
      if (!codes.includes(error.code)) throw thrown
      this.#send(['error', id, { ...toErrorBody(error), declared: true, data: error.data ?? null }])
    } catch (undeclared) {
      this.#ports.report(undeclared)
      this.#refuse(id, new WirepactError('INTERNAL', 'Something went wrong on the other side.'))
    }
  }

  /** Only while the connection is open, as it is while anything is due. Throws what keeps it from being sent. */
  #send(frame: ClientFrame): void {
    let problem: WirepactError | undefined
    this.#ports.outbox.send(frame, (error) => {
      problem = error
    })
    if (problem) throw problem
  }

  #refuse(id: number, error: WirepactError): void {
    this.#ports.outbox.send(['error', id, toErrorBody(error)], (unsent) => this.#ports.tell(unsent))
  }

  /** Nobody wants the answer any more. */
  #drop(id: number): void {
    const due = this.#due.get(id)
    this.#due.delete(id)
    due?.abort.abort()
  }
}

function toFactories(codes: readonly string[]): AnswerContext<Record<string, unknown>>['errors'] {
  const factories = codes.map((code) => {
    const create = (data: unknown, message = code) =>
      new WirepactError(code, message, { declared: true, data })
    return [code, create] as const
  })
  return Object.fromEntries(factories)
}
