import { hostileNames, names } from './samples.js'

/** Random choices that are the same for the same seed (mulberry32). */
export class Random {
  /** The names of properties to choose from. */
  readonly names: readonly string[]
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
    this.names = this.chance(0.3) ? [...names, ...this.some(hostileNames, 0.4)] : names
  }

  /** A number from 0 up to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from `least` to `most`. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.int(0, items.length - 1)] as Item
  }

  /** Some of the items, in their order, none of them twice. */
  some<Item>(items: readonly Item[], probability = 0.5): Item[] {
    return items.filter(() => this.chance(probability))
  }

  list<Item>(length: number, make: () => Item): Item[] {
    return Array.from({ length }, make)
  }
}
