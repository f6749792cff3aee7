import { toWirepactError } from '@wirepact/protocol'
import type { VirtualTime } from '../virtual-time.js'

/** The model of calls: every one settles, and one that is answered is answered with what it asked for. */
export class Calls {
  readonly wrong: string[] = []
  readonly #open = new Map<number, { readonly what: string; readonly asker: { readonly alive: boolean } }>()
  readonly #time: VirtualTime
  #lastId = 0

  constructor(time: VirtualTime) {
    this.#time = time
  }

  /** Notes a call. `asker` is who waits for it: what a server asked that has crashed since never settles. */
  note<T>(
    what: string,
    call: Promise<T>,
    { expected, asker = always, never = [], ...due }: Expectation<T>,
  ): void {
    const id = ++this.#lastId
    const isLate = this.#watch(due)
    this.#open.set(id, { what: `${what} of ${this.#time.now}`, asker })
    const settled = () => {
      this.#open.delete(id)
      if (isLate()) this.wrong.push(`${what} was settled too late`)
    }
    call.then(
      (output) => {
        settled()
        if (output !== expected) this.wrong.push(`${what} was answered ${output} instead of ${expected}`)
      },
      (thrown) => {
        settled()
        const { code } = toWirepactError(thrown)
        if (never.includes(code)) this.wrong.push(`${what} failed with ${code}`)
      },
    )
  }

  /** Whether the time of a call is over, or it was given up before now. */
  #watch({ timeoutMs = Infinity, signal }: Due): () => boolean {
    let end = this.#time.now + timeoutMs
    signal?.addEventListener('abort', () => {
      end = Math.min(end, this.#time.now)
    })
    return () => this.#time.now > end
  }

  /** When nothing has been asked for a while, nothing is unanswered. */
  judgeIdle(): void {
    for (const { what, asker } of this.#open.values())
      if (asker.alive) this.wrong.push(`${what} was never settled`)
  }

  judge(): string[] {
    this.judgeIdle()
    return this.wrong
  }
}

/** When a call has to be settled at the latest. */
interface Due {
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

interface Expectation<T> extends Due {
  readonly expected: T
  readonly asker?: { readonly alive: boolean }
  /** What it must not fail with. */
  readonly never?: readonly string[]
}

const always = { alive: true }
