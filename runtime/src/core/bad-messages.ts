import { closeCodes, toErrorBody, type WirepactError } from '@wirepact/protocol'
import { Budget } from './budget.js'
import type { Connection } from './connection.js'

/** The bad messages of one connection: each is answered, and too many of them end it. */
export class BadMessages {
  readonly #connection: Connection
  #budget: Budget | undefined

  constructor(connection: Connection) {
    this.#connection = connection
  }

  refuse(error: WirepactError, id: number | null): void {
    const { environment, limits, counters } = this.#connection.core
    const { maxInvalid, invalidPerSecond } = limits
    counters.refused++
    this.#budget ??= new Budget(environment.clock, { burst: maxInvalid, perSecond: invalidPerSecond })
    if (this.#budget.take()) this.#connection.sendFrame(['error', id, toErrorBody(error)])
    else this.#connection.end(this.#toCode(error), 'Too many bad messages.')
  }

  /** Without an envelope the client may be anybody's, and knows the codes of RFC 6455 alone. */
  #toCode({ code }: WirepactError): number {
    if (!this.#connection.isBare) return closeCodes.TOO_MANY_INVALID
    return code === 'RATE_LIMITED' ? closeCodes.POLICY_VIOLATION : closeCodes.INVALID_DATA
  }
}
