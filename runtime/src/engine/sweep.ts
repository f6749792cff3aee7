/** How many entries are looked at for each one that is added: more than one, so that the dead cannot pile up. */
const entriesPerStep = 2

/**
 * Takes dead entries out of a map a few at a time, going round and round. It knows neither a timer nor a
 * clock: whoever adds an entry takes a step, so that the work is proportional to the growth.
 */
export class Sweep<Key, Value> {
  readonly #map: Map<Key, Value>
  readonly #isDead: (value: Value) => boolean
  #entries: IterableIterator<[Key, Value]>

  constructor(map: Map<Key, Value>, isDead: (value: Value) => boolean) {
    this.#map = map
    this.#isDead = isDead
    this.#entries = map.entries()
  }

  step(): void {
    for (let count = 0; count < entriesPerStep; count++) {
      const next = this.#entries.next()
      if (next.done) {
        this.#entries = this.#map.entries()
        return
      }
      const [key, value] = next.value
      if (this.#isDead(value)) this.#map.delete(key)
    }
  }
}
