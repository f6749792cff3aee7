import { type Clock, WirepactError } from '@wirepact/protocol'
import { toAddressKey } from './address.js'
import { Budgets } from './budgets.js'
import type { Limits } from './limits.js'
import { rateLimited } from './rates.js'

/** The place of one connection, from the moment it is asked for. */
export interface Seat {
  /** Gives it back; twice is once. */
  release(): void
}

/** How many connections there may be, in all and from each address. It counts also those that are still decided on. */
export class Seats {
  readonly #limits: Limits
  readonly #attempts: Budgets | undefined
  /** By address; empty where there is no limit for one. */
  readonly #taken = new Map<string, number>()
  #size = 0

  constructor(limits: Limits, clock: Clock) {
    this.#limits = limits
    const { connectsPerSecond: perSecond, maxConnectBurst: burst, maxRateKeys: maxKeys } = limits
    if (perSecond < Number.POSITIVE_INFINITY)
      this.#attempts = new Budgets({ clock, size: { perSecond, burst }, maxKeys })
  }

  /** Throws `RATE_LIMITED`, `TOO_MANY_CONNECTIONS` or `TOO_MANY_FROM_ADDRESS`. */
  take(address: string): Seat {
    const { maxConnections, maxConnectionsPerAddress } = this.#limits
    const key = toAddressKey(address)
    const retryAfterMs = this.#attempts?.take(key)
    if (retryAfterMs !== undefined) throw rateLimited('This address connects too often.', retryAfterMs)
    if (this.#size >= maxConnections)
      throw new WirepactError('TOO_MANY_CONNECTIONS', 'The server has as many connections as it may have.')
    const isLimited = maxConnectionsPerAddress < Number.POSITIVE_INFINITY
    if (isLimited && (this.#taken.get(key) ?? 0) >= maxConnectionsPerAddress)
      throw new WirepactError('TOO_MANY_FROM_ADDRESS', 'This address has as many connections as it may have.')
    return this.#seat(isLimited ? key : undefined)
  }

  #seat(key: string | undefined): Seat {
    this.#size++
    if (key !== undefined) this.#taken.set(key, (this.#taken.get(key) ?? 0) + 1)
    return new TakenSeat(this.#giveBack, key)
  }

  readonly #giveBack = (key: string | undefined): void => {
    this.#size--
    if (key !== undefined) this.#leave(key)
  }

  #leave(key: string): void {
    const left = (this.#taken.get(key) ?? 1) - 1
    if (left > 0) this.#taken.set(key, left)
    else this.#taken.delete(key)
  }
}

/** Every connection holds one: it is an object with what it needs, and no closure. */
class TakenSeat implements Seat {
  readonly #key: string | undefined
  #giveBack: ((key: string | undefined) => void) | undefined

  constructor(giveBack: (key: string | undefined) => void, key: string | undefined) {
    this.#giveBack = giveBack
    this.#key = key
  }

  release(): void {
    const giveBack = this.#giveBack
    this.#giveBack = undefined
    giveBack?.(this.#key)
  }
}
