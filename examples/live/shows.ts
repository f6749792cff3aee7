/** How many watch each show, and who has to be told. */
export class Shows {
  readonly #viewers = new Map<string, number>()
  readonly #studios = new Map<string, Set<(viewers: number) => void>>()

  count(showId: string): number {
    return this.#viewers.get(showId) ?? 0
  }

  enter(showId: string): void {
    this.#change(showId, this.count(showId) + 1)
  }

  leave(showId: string): void {
    this.#change(showId, this.count(showId) - 1)
  }

  /** Calls back with the number of viewers now, and whenever it changes. */
  watch(showId: string, tell: (viewers: number) => void): void {
    const studios = this.#studios.get(showId) ?? new Set()
    this.#studios.set(showId, studios.add(tell))
    tell(this.count(showId))
  }

  unwatch(showId: string, tell: (viewers: number) => void): void {
    const studios = this.#studios.get(showId)
    studios?.delete(tell)
    if (studios?.size === 0) this.#studios.delete(showId)
  }

  #change(showId: string, viewers: number): void {
    if (viewers === 0) this.#viewers.delete(showId)
    else this.#viewers.set(showId, viewers)
    for (const tell of this.#studios.get(showId) ?? []) tell(viewers)
  }
}
