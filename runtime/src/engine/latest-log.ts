import type { Publication, ReadQuery, Retention } from './engine.js'

/**
 * The newest publication of each key in memory. Offsets count every publication, so those that are kept have holes.
 * Knows no clock and no listener. A new value goes to the end, so that the map is in the order of the offsets.
 */
export class LatestLog {
  readonly #kept = new Map<string, Publication>()
  #bytes = 0
  #offset = 0

  /** The offset of the newest publication; 0 when there has been none. */
  get offset(): number {
    return this.#offset
  }

  /** The offset of the oldest publication that is still kept; `offset + 1` when none is. */
  get first(): number {
    return this.#oldest()?.[1].offset ?? this.#offset + 1
  }

  get isEmpty(): boolean {
    return this.#kept.size === 0
  }

  /** Adds a publication whose offset is one more than the last, in the place of the one with its key. */
  push(publication: Publication, key = ''): void {
    this.#drop(key)
    this.#kept.set(key, publication)
    this.#bytes += sizeOf(publication)
    this.#offset += 1
  }

  /** Drops from the oldest upwards until every limit holds. */
  trim(retention: Retention, now: number): void {
    for (let oldest = this.#oldest(); oldest !== undefined; oldest = this.#oldest()) {
      const isOld = now - oldest[1].at >= retention.ttlMs
      if (!isOld && this.#kept.size <= retention.maxMessages && this.#bytes <= retention.maxBytes) return
      this.#drop(oldest[0])
    }
  }

  /** The page that was asked for, in ascending order. */
  slice(query: ReadQuery): readonly Publication[] {
    const limit = Math.max(0, query.limit)
    const kept = [...this.#kept.values()]
    if ('after' in query) {
      const above = kept.findIndex(({ offset }) => (offset ?? 0) > query.after)
      return above < 0 ? [] : kept.slice(above, above + limit)
    }
    const end = kept.findIndex(({ offset }) => (offset ?? 0) >= query.before)
    const below = end < 0 ? kept : kept.slice(0, end)
    return below.slice(Math.max(0, below.length - limit))
  }

  #oldest(): [key: string, publication: Publication & { readonly offset: number }] | undefined {
    const [first] = this.#kept
    return first as [string, Publication & { readonly offset: number }] | undefined
  }

  #drop(key: string): void {
    const known = this.#kept.get(key)
    if (known === undefined) return
    this.#bytes -= sizeOf(known)
    this.#kept.delete(key)
  }
}

function sizeOf({ data, name }: Publication): number {
  return Buffer.byteLength(data) + Buffer.byteLength(name)
}
