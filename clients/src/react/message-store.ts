import type { Position } from '@wirepact/protocol/client'
import type { Gap, History, Stop, SubscribeOptions } from '../types.js'
import { Lease } from './lease.js'
import { append, emptyList, insert, type List, type MessageSource, type Unlisted } from './message-list.js'
import { listenTo } from './subscription.js'

/** What a list is made of; two that are the same here share one. */
export interface ListKind {
  /** Only messages of this name; undefined for all. */
  readonly name: string | undefined
  readonly max: number
}

/** How a list begins. */
export interface ListStart {
  readonly list: List
  /** Up to where everything was known from the start. */
  readonly known: Position | undefined
  /** How many messages to read from history. */
  readonly owed: number
}

/** A channel of whatever messages. */
export interface Source extends MessageSource<Record<string, unknown>> {
  readonly presence?: object
  subscribe?(options: SubscribeOptions): Promise<void>
  unsubscribe?(): Promise<void>
}

export function startList(kind: ListKind, initial?: History<object>, owed = 0): ListStart {
  if (!initial) return { list: emptyList, known: undefined, owed }
  const found = toMessages(initial as History<Record<string, unknown>>, kind)
  return { list: insert(emptyList, found, kind.max), known: initial.position, owed }
}

function toMessages({ publications }: History<Record<string, unknown>>, kind: ListKind): readonly Unlisted[] {
  return publications
    .filter(({ name }) => isWanted(name, kind))
    .map(({ name, data, offset }) => ({ name, data, info: { offset, replayed: true } }))
}

function isWanted(name: string, kind: ListKind): boolean {
  return kind.name === undefined || kind.name === name
}

/** Whether members tell something about themselves. Listening does not subscribe then. */
function hasMetadata({ presence }: Source): boolean {
  return presence !== undefined && 'members' in presence
}

/** Listens to one channel while somebody looks, and has the list that all of them see. */
export class MessageStore {
  readonly #channel: Source
  readonly #kind: ListKind
  readonly #lease: Lease
  readonly #listeners = new Set<Stop>()
  /** Undefined until it begins: then everybody sees what they would begin with. */
  #list: List | undefined
  #start: ListStart = { list: emptyList, known: undefined, owed: 0 }
  /** What was known from the start, until it was seen where the channel begins: from then on the channel tells of gaps. */
  #unseen: Position | undefined
  #epoch: string | undefined
  #reading: AbortController | undefined
  #stops: readonly Stop[] = []

  constructor(channel: Source, kind: ListKind) {
    this.#channel = channel
    this.#kind = kind
    this.#lease = new Lease({ begin: () => this.#begin(), end: () => this.#end() })
  }

  /** The list as it is, or as `start` says where nobody has begun yet. */
  list(start: ListStart): List {
    return this.#list ?? start.list
  }

  /** Looks from now on; the first to do so says how the list begins. */
  look(changed: Stop, start: ListStart, graceMs: number): Stop {
    if (!this.#list) this.#start = start
    this.#listeners.add(changed)
    const stop = this.#lease.take(graceMs)
    changed()
    return () => {
      this.#listeners.delete(changed)
      stop()
    }
  }

  #begin(): void {
    const { list, known } = this.#start
    const { status } = this.#channel
    this.#list = list
    this.#unseen = known
    this.#stops = [
      this.#channel.onStatus(() => this.#changed()),
      this.#channel.onGap((gap) => this.#missed(gap)),
      listenTo(this.#channel, () => {
        // Where listening is what subscribes, it goes on from there.
        if (known && !hasMetadata(this.#channel)) void this.#channel.subscribe?.({ since: known })
        this.#read()
      }),
    ]
    // What was said between then and now is in history alone.
    if (status.state === 'joined' && known) this.#start = { ...this.#start, owed: this.#kind.max }
    this.#changed()
  }

  #end(): void {
    for (const stop of this.#stops) stop()
    this.#reading?.abort()
    this.#reading = undefined
    this.#list = undefined
  }

  #change(list: List): void {
    this.#list = list
    for (const changed of this.#listeners) changed()
  }

  /** A connection that was closed for good and opened again is listened to again. */
  #changed(): void {
    const { status } = this.#channel
    const list = this.#list
    if (!list) return
    const isLive = status.state === 'joined'
    if (isLive || status.state === 'joining') this.#read()
    if (status.state === 'joined') this.#joined(status.position)
    if (list.isLive !== isLive) this.#change({ ...(this.#list ?? list), isLive })
  }

  #joined(position: Position | undefined): void {
    this.#epoch = position?.[0]
    const { owed } = this.#start
    if (position && owed === 0) this.#compare(position)
    if (owed > 0) void this.#recall(owed)
  }

  /** Whether the channel begins where the known messages end. Asked once. */
  #compare(position: Position): void {
    const known = this.#unseen
    if (!known) return
    this.#unseen = undefined
    this.#start = { ...this.#start, known: known[0] === position[0] ? known : undefined }
    const reason = known[0] !== position[0] ? 'epoch-changed' : 'too-many'
    if (reason === 'epoch-changed' || position[1] > known[1])
      this.#missed({ reason, from: known, to: position })
  }

  #missed(gap: Gap): void {
    const list = this.#list
    if (list) this.#change({ ...list, gap: { ...gap, beforeKey: list.nextKey } })
  }

  /** Reads history. When the connection is lost over it, it is read on the next one. */
  async #recall(limit: number): Promise<void> {
    const page = await this.#channel.history({ limit }).catch(() => undefined)
    const list = this.#list
    if (!page || !list || page.epoch !== this.#epoch || this.#start.owed === 0) return
    this.#start = { ...this.#start, owed: 0 }
    this.#change(insert(list, toMessages(page, this.#kind), this.#kind.max))
    const [first] = page.publications
    this.#compare(first ? [page.epoch, first.offset - 1] : page.position)
  }

  #read(): void {
    if (this.#reading) return
    const reading = new AbortController()
    this.#reading = reading
    void this.#follow(reading)
  }

  /** Until it is stopped, or the connection is closed for good. */
  async #follow(reading: AbortController): Promise<void> {
    try {
      const { signal } = reading
      for await (const message of this.#channel.messages({ signal, overflow: 'drop-oldest' }))
        this.#add(message)
    } catch {
      // It was stopped.
    }
    if (this.#reading === reading) this.#reading = undefined
  }

  #add(message: Unlisted): void {
    const list = this.#list
    if (!list || !isWanted(message.name, this.#kind) || this.#isKnown(message.info.offset)) return
    this.#change(append(list, message, this.#kind.max))
  }

  #isKnown(offset: number | null): boolean {
    const { known } = this.#start
    return offset !== null && known !== undefined && known[0] === this.#epoch && offset <= known[1]
  }
}
