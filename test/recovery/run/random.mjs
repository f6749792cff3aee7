/** Chance that begins with a seed: what is done is the same again, though real sockets answer in their own time. */
export class Random {
  #state

  constructor(seed) {
    this.#state = (seed * 2_654_435_761) >>> 0
  }

  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  between(from, to) {
    return from + Math.floor(this.next() * (to - from + 1))
  }

  chance(probability) {
    return this.next() < probability
  }

  pick(values) {
    return values[this.between(0, values.length - 1)]
  }
}
