/** What one client sees of the newest prices: never an older one after a newer one, and in the end the newest of each. */
export class Shop {
  readonly client: string
  readonly wrong: string[] = []
  /** By good, the text of its price. */
  readonly #prices = new Map<string, string>()
  #epoch: string | undefined
  #offset = 0

  constructor(client: string) {
    this.client = client
  }

  /** What was known is worth nothing any more. */
  forget(): void {
    this.#prices.clear()
    this.#offset = 0
    this.#epoch = undefined
  }

  heard(good: string, text: string, position: readonly [epoch: string, offset: number]): void {
    const [epoch, offset] = position
    if (this.#epoch !== undefined && this.#epoch !== epoch)
      this.wrong.push(`${this.client} prices ${epoch}/${offset}: the epoch changed without a gap`)
    if (offset <= this.#offset) this.wrong.push(`${this.client} prices ${offset} came after ${this.#offset}`)
    this.#epoch = epoch
    this.#offset = offset
    this.#prices.set(good, text)
  }

  /** Whether what is known is what there is. */
  judge(newest: ReadonlyMap<string, string>): string[] {
    for (const [good, text] of newest) {
      const seen = this.#prices.get(good)
      if (seen !== text) this.wrong.push(`${this.client} sees ${good} at ${seen} instead of ${text}`)
    }
    return this.wrong
  }
}
