import { WirepactError } from '@wirepact/protocol'
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
  note<T>(what: string, call: Promise<T>, { expected, asker = always, never = [] }: Expectation<T>): void {
    const id = ++this.#lastId
    this.#open.set(id, { what: `${what} of ${this.#time.now}`, asker })
    const settled = () => void this.#open.delete(id)
    call.then(
      (output) => {
        settled()
        if (output !== expected) this.wrong.push(`${what} was answered ${output} instead of ${expected}`)
      },
      (thrown) => {
        settled()
        const { code } = WirepactError.from(thrown)
        if (never.includes(code)) this.wrong.push(`${what} failed with ${code}`)
      },
    )
  }

  judge(): string[] {
    for (const { what, asker } of this.#open.values())
      if (asker.alive) this.wrong.push(`${what} was never settled`)
    return this.wrong
  }
}

interface Expectation<T> {
  readonly expected: T
  readonly asker?: { readonly alive: boolean }
  /** What it must not fail with. */
  readonly never?: readonly string[]
}

const always = { alive: true }
