import type { Stop } from '../../types.js'

type Listener<Arguments extends readonly unknown[]> = (...args: Arguments) => void

/** Takes what a listener threw: no listener breaks another one, or the client. */
export type Report = (thrown: unknown) => void

/** Who wants to be told of one thing. */
export class Listeners<Arguments extends readonly unknown[]> {
  readonly #entries = new Set<{ readonly listener: Listener<Arguments> }>()
  readonly #report: Report

  constructor(report: Report) {
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
      if (!this.#entries.has(entry)) continue
      try {
        entry.listener(...args)
      } catch (thrown) {
        this.#report(thrown)
      }
    }
  }
}

/** Who wants to be told of what, by name. */
export class NamedListeners<Arguments extends readonly unknown[]> {
  readonly #byName = new Map<string, Listeners<Arguments>>()
  readonly #report: Report

  constructor(report: Report) {
    this.#report = report
  }

  add(name: string, listener: Listener<Arguments>): Stop {
    const listeners = this.#byName.get(name) ?? new Listeners<Arguments>(this.#report)
    this.#byName.set(name, listeners)
    return listeners.add(listener)
  }

  emit(name: string, ...args: Arguments): void {
    this.#byName.get(name)?.emit(...args)
  }
}
