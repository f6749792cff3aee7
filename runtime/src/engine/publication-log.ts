import type { Publication, ReadQuery, Retention } from './engine.js'

/** How many dead places at the front are let be before the array is closed up. */
const compactAfter = 64

/**
 * The kept publications of one channel in memory. Knows offsets and limits; knows no clock and no listener.
 * Adding and trimming cost a constant amount on average: the front is an index, not a shift.
 */
export class PublicationLog {
  #kept: (Publication | undefined)[] = []
  #sizes: number[] = []
  #head = 0
  #bytes = 0
  #offset = 0

  /** The offset of the newest publication, kept or not; 0 when there has been none. */
  get offset(): number {
    return this.#offset
  }

  /** The offset of the oldest publication that is still kept; `offset + 1` when none is. */
  get first(): number {
    return this.#offset + 1 - this.#length
  }

  get isEmpty(): boolean {
    return this.#length === 0
  }

  get #length(): number {
    return this.#kept.length - this.#head
  }

  /** Adds a publication whose offset is one more than the last. */
  push(publication: Publication): void {
    const size = Buffer.byteLength(publication.data) + Buffer.byteLength(publication.name)
    this.#kept.push(publication)
    this.#sizes.push(size)
    this.#bytes += size
    this.#offset += 1
  }

  /** Drops from the oldest upwards until every limit holds. */
  trim(retention: Retention, now: number): void {
    while (this.#length > 0 && this.#isOver(retention, now)) {
      this.#bytes -= this.#sizes[this.#head] as number
      this.#kept[this.#head] = undefined
      this.#head += 1
    }
    if (this.#head > compactAfter && this.#head > this.#length) this.#compact()
  }

  #isOver(retention: Retention, now: number): boolean {
    const oldest = this.#kept[this.#head] as Publication
    return (
      this.#length > retention.maxMessages ||
      this.#bytes > retention.maxBytes ||
      now - oldest.at >= retention.ttlMs
    )
  }

  #compact(): void {
    this.#kept = this.#kept.slice(this.#head)
    this.#sizes = this.#sizes.slice(this.#head)
    this.#head = 0
  }

  /** The page that was asked for, in ascending order. */
  slice(query: ReadQuery): readonly Publication[] {
    const first = this.first
    const end = this.#offset + 1
    const limit = Math.max(0, query.limit)
    if ('after' in query) {
      const from = Math.max(query.after + 1, first)
      return this.#range(from, Math.min(end, from + limit))
    }
    const to = Math.min(query.before, end)
    return this.#range(Math.max(to - limit, first), to)
  }

  #range(from: number, to: number): readonly Publication[] {
    const start = this.#head + from - this.first
    return to <= from ? [] : (this.#kept.slice(start, start + to - from) as Publication[])
  }
}
