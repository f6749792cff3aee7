import {
  type ClientFrame,
  type ServerFrame,
  toErrorBody,
  toWirepactError,
  WirepactError,
} from '@wirepact/protocol/client'
import type { AnswerDefinition } from '../../definition.js'
import { defaultMaxPendingCalls } from '../../options.js'
import type { AnswerContext, RequestHandler, Status, Stop, StreamHandler } from '../../types.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames.js'
import { Production } from './production.js'

type Handler = RequestHandler<unknown, unknown> | StreamHandler<unknown, unknown>
type Question = Extract<ServerFrame, readonly ['request' | 'stream', ...unknown[]]>

/** One question that is being answered. */
interface Due {
  readonly abort: AbortController
  readonly production: Production | undefined
}

/** The feature `answers`: messages of the server that the client answers. */
export function answers(core: Core): void {
  new Answers(core).install()
}

/** Who answers what, and what is being answered; an answer whose connection is gone is dropped. */
class Answers {
  readonly #core: Core
  readonly #handlers = new Map<string, Handler>()
  readonly #due = new Map<number, Due>()

  constructor(core: Core) {
    this.#core = core
  }

  install(): void {
    const { frames, statuses, user } = this.#core
    const own: Frames = {
      request: (...question) => this.#asked(['request', ...question]),
      stream: (...question) => this.#asked(['stream', ...question]),
      credit: (id, more) => this.#due.get(id)?.production?.allow(more),
      cancel: (id) => this.#drop(id),
    }
    Object.assign(frames, own)
    user.handle = (name: string, handler: Handler) => this.#handle(name, handler)
    statuses.add((status) => this.#changed(status))
  }

  /** When the link is gone, nobody wants the answers. */
  #changed({ state }: Status): void {
    if (state !== 'open') for (const id of this.#due.keys()) this.#drop(id)
  }

  #handle(name: string, handler: Handler): Stop {
    this.#handlers.set(name, handler)
    return () => {
      if (this.#handlers.get(name) === handler) this.#handlers.delete(name)
    }
  }

  #asked(frame: Question): void {
    const [type, id, name] = frame
    const known = this.#core.route.answers?.[name]
    const definition = typeof known === 'string' ? { kind: known } : known
    const handler = this.#handlers.get(name)
    if (!handler || definition?.kind !== type) {
      this.#refuse(id, new WirepactError('UNKNOWN_MESSAGE'))
    } else if (this.#due.size < (this.#core.maxPendingCalls ?? defaultMaxPendingCalls))
      void this.#answer(frame, handler, definition)
    else this.#refuse(id, new WirepactError('TOO_MANY_PENDING'))
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
    const error = toWirepactError(thrown)
    try {
      if (!codes.includes(error.code)) throw thrown
      this.#send(['error', id, { ...toErrorBody(error), declared: true, data: error.data ?? null }])
    } catch (undeclared) {
      this.#core.report(undeclared)
      this.#refuse(id, new WirepactError('INTERNAL'))
    }
  }

  /** Only while the connection is open, as it is while anything is due. Throws what keeps it from being sent. */
  #send(frame: ClientFrame): void {
    let problem: WirepactError | undefined
    this.#core.post(frame, (error) => {
      problem = error
    })
    if (problem) throw problem
  }

  #refuse(id: number, error: WirepactError): void {
    this.#core.post(['error', id, toErrorBody(error)], (unsent) => unsent && this.#core.tell(unsent))
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
