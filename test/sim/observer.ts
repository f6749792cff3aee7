import type { Channel, Gap } from '@wirepact/client'
import type { Position } from '@wirepact/protocol'
import type { Truth } from './disk.js'

interface Text {
  readonly text: string
}

type TextChannel = Channel<{ said: Text } & { line: Text }, never>

/** Something that a client's code was told about one channel. */
export type Seen =
  | {
      readonly kind: 'publication'
      readonly epoch: string
      readonly offset: number
      readonly text: string
      /** Who the client was then. */
      readonly origin: string | undefined
    }
  | { readonly kind: 'gap'; readonly gap: Gap; readonly newest: Position | undefined }
  /** The client's own code ended the subscription: what follows is a new one. */
  | { readonly kind: 'renewed' }

/** What was published, by channel and position. */
export interface Truths {
  find(channel: string, epoch: string, offset: number): Truth | undefined
}

/** What a model needs to know of a channel whose messages it watches. */
export interface Watched {
  readonly name: string
  readonly status: TextChannel['status']
  onGap(listener: (gap: Gap) => void): () => void
}

/** What can be had of a channel: with that much and no more a client comes back without a gap. */
export interface Kept {
  /** How many publications may be missed at least. */
  readonly maxMissed: number
  /** The newest publication of the moment. */
  newest(channel: string): Position | undefined
}

/**
 * Watches one channel of one client as its code sees it, and judges it: every publication that was for it, in
 * order, each once, and a gap announced wherever there is one, and only there.
 */
export class Observer {
  readonly client: string
  readonly channel: Watched
  readonly seen: Seen[] = []
  /** Everybody that the client has been, the last one last: what was not for one of them may be missing. */
  readonly #origins: readonly string[]
  readonly #kept: Kept | undefined

  constructor(client: string, channel: Watched, origins: readonly string[], kept?: Kept) {
    this.client = client
    this.channel = channel
    this.#origins = origins
    this.#kept = kept
    channel.onGap((gap) => this.seen.push({ kind: 'gap', gap, newest: kept?.newest(channel.name) }))
  }

  /** Takes what a listener was told. */
  heard(text: string, offset: number | null): void {
    const { status } = this.channel
    const epoch = status.state === 'joined' ? (status.position?.[0] ?? '?') : '?'
    const origin = this.#origins.at(-1)
    if (offset !== null) this.seen.push({ kind: 'publication', epoch, offset, text, origin })
  }

  renewed(): void {
    this.seen.push({ kind: 'renewed' })
  }

  /** What was wrong; empty when nothing was. */
  judge(disk: Truths): string[] {
    const wrong: string[] = []
    let last: Extract<Seen, { kind: 'publication' }> | undefined
    let broken = true
    for (const seen of this.seen) {
      if (seen.kind !== 'publication') {
        broken = true
        if (seen.kind === 'renewed') last = undefined
        else wrong.push(...this.#judgeGap(seen))
        continue
      }
      wrong.push(...this.#judgeOne(disk, seen, { last, broken }))
      last = seen
      broken = false
    }
    return wrong
  }

  /** Whether the newest publication of the channel has been seen, or was not for this client. */
  hasSeen(disk: Truths, epoch: string, offset: number): boolean {
    const seen = this.seen.some(
      (one) => one.kind === 'publication' && one.epoch === epoch && one.offset === offset,
    )
    return seen || this.isExcepted(disk, epoch, offset)
  }

  /** A gap is told only where something is missing that cannot be had. */
  #judgeGap({ gap: { reason, from, to }, newest }: Extract<Seen, { kind: 'gap' }>): string[] {
    if (this.#kept === undefined || newest === undefined) return []
    const isNear = newest[0] === from[0] && newest[1] - from[1] <= this.#kept.maxMissed
    const isTrue =
      reason === 'epoch-changed' ? to?.[0] !== from[0] : /trimmed|too-many/.test(reason) && !isNear
    return isTrue ? [] : [`${this.client} ${this.channel.name}: is told ${reason} at ${from} of ${newest}`]
  }

  #judgeOne(
    disk: Truths,
    seen: Extract<Seen, { kind: 'publication' }>,
    before: { last: Extract<Seen, { kind: 'publication' }> | undefined; broken: boolean },
  ): string[] {
    const at = `${this.client} ${this.channel.name} ${seen.epoch}/${seen.offset}`
    const truth = disk.find(this.channel.name, seen.epoch, seen.offset)
    if (truth === undefined) return [`${at}: was never published`]
    if (truth.text !== seen.text) return [`${at}: says ${seen.text} instead of ${truth.text}`]
    if (isExcepted(truth, seen.origin)) return [`${at}: was not for this client`]
    const { last, broken } = before
    if (last === undefined) return []
    if (last.epoch !== seen.epoch) return broken ? [] : [`${at}: the epoch changed without a gap`]
    if (seen.offset <= last.offset) return [`${at}: came after ${last.offset}`]
    if (broken) return []
    const missed: string[] = []
    for (let offset = last.offset + 1; offset < seen.offset; offset++) {
      if (!this.isExcepted(disk, seen.epoch, offset)) missed.push(`${at}: ${offset} is missing without a gap`)
    }
    return missed
  }

  /** Whether a publication was not for somebody that the client has been. */
  isExcepted(disk: Truths, epoch: string, offset: number): boolean {
    const truth = disk.find(this.channel.name, epoch, offset)
    return truth !== undefined && this.#origins.some((origin) => isExcepted(truth, origin))
  }
}

function isExcepted({ except, to }: Truth, origin: string | undefined): boolean {
  return origin !== undefined && (except.includes(origin) || to?.includes(origin) === false)
}
