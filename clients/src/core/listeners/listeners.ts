import type { WirepactError } from '@wirepact/protocol'
import type { Stop } from '../../types.js'

/** Who wants to be told of one thing. No listener breaks another one: what it throws goes to `report`. */
export class Listeners<Arguments extends readonly unknown[]> {
  readonly #entries = new Set<(...args: Arguments) => void>()
  readonly #report: (thrown: unknown) => void

  constructor(report: (thrown: unknown) => void) {
    this.#report = report
  }

  /** The same function may be added twice, and is then stopped twice. */
  add(listener: (...args: Arguments) => void): Stop {
    const entry = (...args: Arguments) => listener(...args)
    this.#entries.add(entry)
    return () => {
      this.#entries.delete(entry)
    }
  }

  /** Tells those who listen now, but none that was stopped meanwhile. Whether anybody listens. */
  emit(...args: Arguments): boolean {
    const entries = [...this.#entries]
    for (const entry of entries) {
      try {
        if (this.#entries.has(entry)) entry(...args)
      } catch (thrown) {
        this.#report(thrown)
      }
    }
    return entries.length > 0
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
