import { type Clock, WirepactError } from '@wirepact/protocol'
import { isBusy, isOfTheFile, toEngineError } from './failure.js'
import type { Write } from './write.js'

export type Operation<Result> = (write: Write) => Result

interface Pending {
  run(write: Write): void
  resolve(): void
  reject(error: WirepactError): void
}

/** What the queue needs of its surroundings. */
export interface WriteQueueOptions {
  /** Does it in one transaction; throws with nothing done. What it returns tells the listener. */
  readonly commit: (run: (write: Write) => void) => () => void
  readonly clock: Clock
  readonly afterTurn: (run: () => void) => void
  readonly lockTimeoutMs: number
  readonly maxPending: number
}

/** How long to wait before a locked file is tried again. */
const retryDelayMs = 20

/** `scheduled` for the end of the turn; `waiting` for a lock, while others line up behind. */
type State = 'idle' | 'scheduled' | 'waiting'

/**
 * Gathers the writes of one turn of the event loop into one transaction. Waits for a lock without holding up
 * the event loop. Knows nothing of what is written.
 */
export class WriteQueue {
  readonly #options: WriteQueueOptions
  #pending: Pending[] = []
  #state: State = 'idle'

  constructor(options: WriteQueueOptions) {
    this.#options = options
  }

  /** Answers when it is committed and the listener has been told. */
  add<Result>(operation: Operation<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#pending.length >= this.#options.maxPending) {
        throw new WirepactError('ENGINE_FAILED', 'Too many writes are waiting.')
      }
      let result: Result
      const run = (write: Write) => {
        result = operation(write)
      }
      this.#pending.push({ run, resolve: () => resolve(result), reject })
      if (this.#state === 'idle') this.#schedule()
    })
  }

  /** For upkeep that is done again soon: a failure tells nobody, the next write that is asked for meets it too. */
  addQuietly(operation: Operation<void>): void {
    this.add(operation).catch(() => undefined)
  }

  #schedule(): void {
    this.#state = 'scheduled'
    this.#options.afterTurn(() => this.#flush(this.#options.clock.now()))
  }

  #flush(since: number): void {
    const batch = this.#pending
    this.#pending = []
    this.#state = 'idle'
    const failure = this.#tryCommit(batch)
    if (failure === undefined) return
    if (isBusy(failure) && this.#options.clock.now() - since < this.#options.lockTimeoutMs) {
      this.#wait(batch, since)
    } else if (batch.length > 1 && !isOfTheFile(failure)) {
      for (const pending of batch) this.#commitAlone(pending)
    } else {
      rejectAll(batch, failure)
    }
  }

  #wait(batch: Pending[], since: number): void {
    this.#pending = batch.concat(this.#pending)
    this.#state = 'waiting'
    this.#options.clock.startTimer(() => this.#flush(since), retryDelayMs)
  }

  /** One write that cannot be done must not fail those that came in the same turn. */
  #commitAlone(pending: Pending): void {
    const failure = this.#tryCommit([pending])
    if (failure !== undefined) rejectAll([pending], failure)
  }

  #tryCommit(batch: readonly Pending[]): unknown {
    let tell: () => void
    try {
      tell = this.#options.commit((write) => {
        for (const pending of batch) pending.run(write)
      })
    } catch (failure) {
      return failure
    }
    try {
      tell()
    } finally {
      for (const pending of batch) pending.resolve()
    }
    return undefined
  }
}

function rejectAll(batch: readonly Pending[], failure: unknown): void {
  const error = toEngineError(failure, 'The write failed')
  for (const pending of batch) pending.reject(error)
}
