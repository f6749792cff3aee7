import type { WirepactError } from '@wirepact/protocol'
import type { MessageDefinition, RateLimit } from '../definition.js'
import { Budget } from './budget.js'
import type { Connection } from './connection.js'
import { rateLimited } from './rates.js'

/** What stands between a connection and its handlers: who may send a message, and how often. */
export class Gate {
  readonly #connection: Connection
  /** By message; made with the first one that has a limit. */
  #budgets: Map<string, Budget> | undefined

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Why a message may not pass: `UNAUTHENTICATED`, `FORBIDDEN` or `RATE_LIMITED`. Undefined when it may. */
  refuse(name: string, { auth, rateLimit }: MessageDefinition): WirepactError | undefined {
    const { rates } = this.#connection.core
    const often = rates === undefined ? undefined : rates.refuse(this.#connection)
    if (often !== undefined) return often
    const limited = rateLimit === undefined ? undefined : this.#limit(name, rateLimit)
    if (limited !== undefined || auth === undefined) return limited
    return this.#connection.access.refuse(auth)
  }

  #limit(name: string, rateLimit: RateLimit): WirepactError | undefined {
    this.#budgets ??= new Map()
    let budget = this.#budgets.get(name)
    if (budget === undefined) {
      budget = new Budget(this.#connection.core.environment.clock, rateLimit)
      this.#budgets.set(name, budget)
    }
    if (budget.take()) return undefined
    return rateLimited('This message comes too often.', budget.retryAfterMs)
  }
}
