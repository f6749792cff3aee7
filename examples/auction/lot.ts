import type { Bid } from './generated/server.js'

/** What became of a bid. */
export type Outcome =
  | { readonly kind: 'taken'; readonly bid: Bid; readonly isNew: boolean }
  | { readonly kind: 'too-low'; readonly minimum: number }
  | { readonly kind: 'closed'; readonly winner: Bid | null }

export interface LotOptions {
  readonly title: string
  readonly startsAt: number
  readonly step: number
  /** In milliseconds since the Unix epoch. */
  readonly closesAt: number
}

/**
 * One lot. `bid` decides and remembers in one go, without waiting for anything in between: of two bids one is
 * first, however close they come, and the second is compared with it.
 */
export class Lot {
  readonly title: string
  readonly closesAt: number
  readonly #startsAt: number
  readonly #step: number
  #highest: Bid | null = null

  constructor({ title, startsAt, step, closesAt }: LotOptions) {
    this.title = title
    this.closesAt = closesAt
    this.#startsAt = startsAt
    this.#step = step
  }

  get highest(): Bid | null {
    return this.#highest
  }

  bid(bidder: string, amount: number, now: number): Outcome {
    const highest = this.#highest
    // Asked again because the answer was lost: it is the same bid.
    if (highest?.bidder === bidder && highest.amount === amount) {
      return { kind: 'taken', bid: highest, isNew: false }
    }
    if (now >= this.closesAt) return { kind: 'closed', winner: highest }
    const minimum = highest === null ? this.#startsAt : highest.amount + this.#step
    if (amount < minimum) return { kind: 'too-low', minimum }
    const bid = { bidder, amount, at: now }
    this.#highest = bid
    return { kind: 'taken', bid, isNew: true }
  }
}
