import { type Clock, WirepactError } from '@wirepact/protocol'
import { toAddressKey } from './address.js'
import { Budget } from './budget.js'
import { Budgets } from './budgets.js'
import type { Connection } from './connection.js'
import type { Limits } from './limits.js'

/** That something came too often, with how long to wait. */
export function rateLimited(message: string, retryAfterMs: number, name?: string): WirepactError {
  const data = { retryAfterMs }
  return new WirepactError('RATE_LIMITED', message, name === undefined ? { data } : { data, name })
}

const telling: ReadonlySet<string> = new Set(['RATE_LIMITED', 'SERVER_CLOSING'])

/** How long to wait, in milliseconds, before the next attempt; undefined for errors that do not say so. */
export function readRetryAfter(error: unknown): number | undefined {
  if (!(error instanceof WirepactError) || !telling.has(error.code)) return undefined
  const { data } = error
  if (typeof data !== 'object' || data === null || !('retryAfterMs' in data)) return undefined
  return typeof data.retryAfterMs === 'number' ? data.retryAfterMs : undefined
}

/** How often messages may come: from a connection, a user and an address, whatever they are. */
export class Rates {
  readonly #clock: Clock
  readonly #limits: Limits
  readonly #connections = new WeakMap<Connection, Budget>()
  readonly #users: Budgets | undefined
  readonly #addresses: Budgets | undefined

  /** Undefined where nothing is limited, so that nothing is asked. */
  static create(limits: Limits, clock: Clock): Rates | undefined {
    const { messagesPerSecond, userMessagesPerSecond, addressMessagesPerSecond } = limits
    const least = Math.min(messagesPerSecond, userMessagesPerSecond, addressMessagesPerSecond)
    return least < Number.POSITIVE_INFINITY ? new Rates(limits, clock) : undefined
  }

  constructor(limits: Limits, clock: Clock) {
    this.#clock = clock
    this.#limits = limits
    const { maxRateKeys: maxKeys, maxUserMessageBurst, maxAddressMessageBurst } = limits
    const create = (perSecond: number, burst: number) =>
      perSecond < Number.POSITIVE_INFINITY
        ? new Budgets({ clock, size: { perSecond, burst }, maxKeys })
        : undefined
    this.#users = create(limits.userMessagesPerSecond, maxUserMessageBurst)
    this.#addresses = create(limits.addressMessagesPerSecond, maxAddressMessageBurst)
  }

  /** Takes a message of a connection: `RATE_LIMITED` when it comes too often, undefined when it may pass. */
  refuse(connection: Connection): WirepactError | undefined {
    const own = this.#takeOwn(connection)
    if (own !== undefined) return rateLimited('Messages of this connection come too often.', own)
    const { user } = connection.access
    const ofUser = user === undefined ? undefined : this.#users?.take(user)
    if (ofUser !== undefined) return rateLimited('Messages of this user come too often.', ofUser)
    const ofAddress = this.#addresses?.take(toAddressKey(connection.admission.request.remote.address))
    if (ofAddress !== undefined) return rateLimited('Messages of this address come too often.', ofAddress)
    return undefined
  }

  #takeOwn(connection: Connection): number | undefined {
    const { messagesPerSecond: perSecond, maxMessageBurst: burst } = this.#limits
    if (perSecond === Number.POSITIVE_INFINITY) return undefined
    let budget = this.#connections.get(connection)
    if (budget === undefined) {
      budget = new Budget(this.#clock, { perSecond, burst })
      this.#connections.set(connection, budget)
    }
    return budget.take() ? undefined : budget.retryAfterMs
  }
}
