/** The model of acknowledged events: each handled, in order, and never twice in one life of the server. */
export class Puts {
  wrong = []
  /** How many were handled again by the next life: the one before died before it could remember them. */
  repeated = 0
  #last = 0
  /** By number, the lives that have handled it. */
  #handled = new Map()

  next() {
    return ++this.#last
  }

  get size() {
    return this.#last
  }

  heard(line, life) {
    const [what, text] = line.split(' ')
    if (what !== 'put') return this.wrong.push(`the server said ${line}`)
    const number = Number(text)
    const before = this.#handled.get(number)
    if (before === life) this.wrong.push(`event ${number} was handled twice`)
    if (before !== undefined) this.repeated++
    this.#handled.set(number, life)
  }

  get isComplete() {
    return this.#handled.size === this.#last
  }

  judge() {
    for (let number = 1; number <= this.#last; number++)
      if (!this.#handled.has(number)) this.wrong.push(`event ${number} was never handled`)
    return this.wrong
  }
}
