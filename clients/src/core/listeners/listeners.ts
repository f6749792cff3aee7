import type { WirepactError } from '@wirepact/protocol/client'
import type { Stop } from '../../types.js'

/** Who wants to be told of one thing. */
export interface Listeners<Given extends readonly unknown[]> {
  /** The same function may be added twice, and is then stopped twice. */
  add(listener: (...given: Given) => void): Stop
  /** Tells those who listen now, but none that was stopped meanwhile. Whether anybody listens. */
  emit(...given: Given): boolean
}

/** No listener breaks another one: what it throws goes to `report`. */
export function createListeners<Given extends readonly unknown[]>(
  report: (thrown: unknown) => void,
): Listeners<Given> {
  const entries = new Set<(...given: Given) => void>()
  return {
    add(listener) {
      const entry = (...given: Given) => listener(...given)
      entries.add(entry)
      return () => entries.delete(entry)
    },
    emit(...given) {
      const told = [...entries]
      for (const entry of told) {
        try {
          if (entries.has(entry)) entry(...given)
        } catch (thrown) {
          report(thrown)
        }
      }
      return told.length > 0
    },
  }
}

/** Settles as soon as `look`, asked now and at every change, says true for done or gives the error. */
export function settle<Given extends readonly unknown[]>(
  changes: Pick<Listeners<Given>, 'add'>,
  look: () => boolean | WirepactError,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const seen = look()
      if (!seen) return
      stop()
      if (seen === true) resolve()
      else reject(seen)
    }
    const stop = changes.add(check)
    check()
  })
}
