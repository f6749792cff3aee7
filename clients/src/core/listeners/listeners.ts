import type { WirepactError } from '@wirepact/protocol'
import type { Stop } from '../../types.js'

type Listener<Arguments extends readonly unknown[]> = (...args: Arguments) => void

/** Who wants to be told of one thing. No listener breaks another one: what it throws goes to `report`. */
export class Listeners<Arguments extends readonly unknown[]> {
  readonly #entries = new Set<{ readonly listener: Listener<Arguments> }>()
  readonly #report: (thrown: unknown) => void

  constructor(report: (thrown: unknown) => void) {
    this.#report = report
  }

  get size(): number {
    return this.#entries.size
  }

  add(listener: Listener<Arguments>): Stop {
    const entry = { listener }
    this.#entries.add(entry)
    return () => {
      this.#entries.delete(entry)
    }
  }

  /** Tells those who listen now; one that was stopped meanwhile is not called any more. */
  emit(...args: Arguments): void {
    for (const entry of [...this.#entries]) {
      try {
        if (this.#entries.has(entry)) entry.listener(...args)
      } catch (thrown) {
        this.#report(thrown)
      }
    }
  }
}

/** Settles as soon as `look`, asked now and at every change, says true for done or gives the error. */
export function settle<Arguments extends readonly unknown[]>(
  changes: Listeners<Arguments>,
  look: () => boolean | WirepactError,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const seen = look()
      if (seen === false) return
      stop()
      if (seen === true) resolve()
      else reject(seen)
    }
    const stop = changes.add(check)
    check()
  })
}
