import { toWirepactError } from '@wirepact/protocol'

/** The world, or the life of a server: what belongs to a server that has crashed never ends. */
interface Alive {
  readonly alive: boolean
}

/** One stream, seen from both of its ends. */
interface Flow {
  readonly to: number
  readonly maxBuffered: number
  producer: Alive | undefined
  produced: number
  read: number
}

interface Reading {
  readonly reader: Alive
  /** Asked after every item. */
  readonly isEnough: () => boolean
}

/** What a stream may end with. */
const known: ReadonlySet<string> = new Set([
  'CONNECTION_LOST',
  'CONNECTION_CLOSED',
  'ABORTED',
  'TIMEOUT',
  'TOO_MANY_PENDING',
  'UNAUTHENTICATED',
])

/**
 * The model of streams: items come in order, each once, none without credit; a stream that ends well has all of them;
 * who is read no more stops to produce.
 */
export class Flows {
  readonly wrong: string[] = []
  readonly #flows = new Map<number, Flow>()
  /** Who reads, by stream. */
  readonly #readers = new Map<number, Alive>()
  #lastId = 0

  open(to: number, maxBuffered: number): number {
    const id = ++this.#lastId
    this.#flows.set(id, { to, maxBuffered, producer: undefined, produced: 0, read: 0 })
    return id
  }

  /** The items of a stream; `wait` is called between them. */
  async *produce(id: number, producer: Alive, wait: () => Promise<void>): AsyncGenerator<number> {
    const flow = this.#find(id)
    if (flow.producer !== undefined) this.wrong.push(`stream ${id} was begun twice`)
    flow.producer = producer
    try {
      while (flow.produced < flow.to) {
        flow.produced++
        if (flow.produced > flow.read + flow.maxBuffered) this.wrong.push(`stream ${id} ran without credit`)
        yield flow.produced
        await wait()
      }
    } finally {
      flow.producer = undefined
    }
  }

  /** Reads items until there are no more, or `isEnough`. */
  async read(id: number, items: AsyncIterable<number>, { reader, isEnough }: Reading): Promise<void> {
    const flow = this.#find(id)
    this.#readers.set(id, reader)
    try {
      for await (const item of items) {
        if (item !== ++flow.read) this.wrong.push(`stream ${id}: ${item} came instead of ${flow.read}`)
        if (isEnough()) return
      }
      if (flow.read !== flow.to) this.wrong.push(`stream ${id} ended at ${flow.read}, not at ${flow.to}`)
    } catch (thrown) {
      this.#judgeEnd(id, thrown)
    } finally {
      this.#readers.delete(id)
    }
  }

  /** In calm times every stream comes to its end, and nobody produces for whom nobody reads. */
  judgeIdle(): void {
    for (const [id, { alive }] of this.#readers) if (alive) this.wrong.push(`stream ${id} does not go on`)
    for (const [id, { producer }] of this.#flows) {
      if (producer?.alive && !this.#readers.has(id)) this.wrong.push(`stream ${id} is produced for nobody`)
    }
  }

  judge(): string[] {
    for (const [id, { alive }] of this.#readers) if (alive) this.wrong.push(`stream ${id} never settled`)
    for (const [id, { producer }] of this.#flows)
      if (producer?.alive) this.wrong.push(`stream ${id} is still produced`)
    return this.wrong
  }

  #judgeEnd(id: number, thrown: unknown): void {
    if (known.has(toWirepactError(thrown).code)) return
    this.wrong.push(`stream ${id} ended with ${String(thrown)}`)
  }

  #find(id: number): Flow {
    const flow = this.#flows.get(id)
    if (flow === undefined) throw new Error(`There is no stream ${id}.`)
    return flow
  }
}
