import { closeCodes, type Timer, WirepactError } from '@wirepact/protocol'
import type { AuthRequirement } from '../definition.js'
import type { Grant } from '../types.js'
import type { Connection } from './connection.js'

/** The longest delay of a timer: a longer one would be none at all. */
const maxDelayMs = 2_147_483_647

/** Who a connection is, as far as its handlers have said. Whoever was not granted anything may do nothing. */
export class Access {
  readonly #connection: Connection
  #scopes: ReadonlySet<string> | undefined
  #expiresAt = Number.POSITIVE_INFINITY
  #timer: Timer

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Replaces what was granted before. */
  grant({ scopes = [], expiresAt = Number.POSITIVE_INFINITY }: Grant): void {
    this.#scopes = new Set(scopes)
    this.#expiresAt = expiresAt
    this.#watch()
  }

  /** Throws `UNAUTHENTICATED` without a grant that holds, and `FORBIDDEN` when a scope is missing. */
  require(auth: AuthRequirement | undefined): void {
    const error = auth === undefined ? undefined : this.refuse(auth)
    if (error !== undefined) throw error
  }

  /** The error that {@link require} throws. */
  refuse(auth: AuthRequirement): WirepactError | undefined {
    const scopes = this.#scopes
    if (scopes === undefined) return new WirepactError('UNAUTHENTICATED', 'This is for those who are known.')
    if (this.#isExpired()) return new WirepactError('UNAUTHENTICATED', 'What was granted has expired.')
    if (auth === 'required' || auth.every((scope) => scopes.has(scope))) return undefined
    return new WirepactError('FORBIDDEN', 'A scope is missing for this.')
  }

  close(): void {
    this.#connection.core.environment.clock.stopTimer(this.#timer)
  }

  #isExpired(): boolean {
    return this.#connection.core.environment.clock.now() >= this.#expiresAt
  }

  /** Ends the connection when the grant expires, on a route that needs one. */
  #watch(): void {
    this.close()
    if (this.#expiresAt === Number.POSITIVE_INFINITY) return
    if (this.#connection.admission.route.definition.auth === undefined) return
    const { clock } = this.#connection.core.environment
    const delayMs = Math.min(Math.max(0, this.#expiresAt - clock.now()), maxDelayMs)
    this.#timer = clock.startTimer(() => this.#expire(), delayMs)
  }

  #expire(): void {
    if (this.#isExpired()) this.#connection.end(closeCodes.UNAUTHENTICATED, 'What was granted has expired.')
    else this.#watch()
  }
}
