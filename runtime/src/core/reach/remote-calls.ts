import { type ErrorBody, fromErrorBody, type Timer, WirepactError } from '@wirepact/protocol'
import type { AskOptions } from '../../types.js'
import type { Environment } from '../environment.js'
import type { Limits } from '../limits.js'
import { fromPayload, type Nodes, type Payload, type Told } from './nodes.js'

interface Pending {
  readonly resolve: (output: unknown) => void
  readonly reject: (error: unknown) => void
  readonly timer: Timer
  readonly stop: () => void
}

/** What the calls are made of. */
export interface RemoteCallsParts {
  readonly nodes: Nodes
  readonly environment: Environment
  readonly limits: Limits
}

/** Questions to clients of other nodes. Every one is settled: answered, refused, timed out, aborted or closed. */
export class RemoteCalls {
  readonly #parts: RemoteCallsParts
  readonly #pending = new Map<number, Pending>()
  #lastId = 0

  constructor(parts: RemoteCallsParts) {
    this.#parts = parts
  }

  async ask(asked: Told, { timeoutMs, signal }: AskOptions): Promise<unknown> {
    const { nodes, limits } = this.#parts
    if (signal?.aborted) throw aborted(signal)
    if (this.#pending.size >= limits.maxRemoteCalls)
      throw new WirepactError('TOO_MANY_PENDING', 'Too many questions wait for clients of other nodes.')
    const id = ++this.#lastId
    const waitsMs = timeoutMs ?? limits.callTimeoutMs
    const answer = this.#wait(id, waitsMs, signal)
    // It may be settled before anybody waits for it.
    answer.catch(() => undefined)
    try {
      await nodes.tell({ kind: 'ask', id, asked, timeoutMs: waitsMs })
    } catch (error) {
      this.#settle(id)?.reject(error)
    }
    return answer
  }

  /** What another node has to say about a question; one that nobody waits for any more is dropped. */
  answered(id: number, payload: Payload | undefined, error: ErrorBody | undefined): void {
    const pending = this.#settle(id)
    if (error !== undefined) pending?.reject(fromErrorBody(error))
    else if (payload !== undefined) pending?.resolve(fromPayload(payload))
  }

  /** No answer will come any more. */
  close(): void {
    for (const id of [...this.#pending.keys()])
      this.#settle(id)?.reject(new WirepactError('CONNECTION_LOST', 'The server closed before the answer.'))
  }

  #wait(id: number, timeoutMs: number, signal: AbortSignal | undefined): Promise<unknown> {
    const { clock } = this.#parts.environment
    const expire = () =>
      this.#settle(id)?.reject(new WirepactError('TIMEOUT', `No answer within ${timeoutMs} ms.`))
    const abort = () => this.#settle(id)?.reject(aborted(signal))
    signal?.addEventListener('abort', abort)
    return new Promise((resolve, reject) => {
      const timer = timeoutMs > 0 ? clock.startTimer(expire, timeoutMs) : undefined
      const stop = () => signal?.removeEventListener('abort', abort)
      this.#pending.set(id, { resolve, reject, timer, stop })
    })
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id)
    if (pending === undefined) return undefined
    this.#pending.delete(id)
    this.#parts.environment.clock.stopTimer(pending.timer)
    pending.stop()
    return pending
  }
}

function aborted(signal: AbortSignal | undefined): WirepactError {
  return new WirepactError('ABORTED', 'The caller gave up.', { cause: signal?.reason })
}
