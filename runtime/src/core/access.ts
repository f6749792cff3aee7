import { closeCodes, type Timer, WirepactError } from '@wirepact/protocol'
import type { AuthRequirement } from '../definition.js'
import type { Grant } from '../types.js'
import type { Connection } from './connection.js'

/** The longest delay of a timer: a longer one would be none at all. */
const maxDelayMs = 2_147_483_647

/** Who a connection is, as far as its handlers have said. Whoever was not granted anything may do nothing. */
export class Access {
  readonly #connection: Connection
  #user: string | undefined
  #scopes: ReadonlySet<string> | undefined
  #expiresAt = Number.POSITIVE_INFINITY
  #timer: Timer

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Who it is, as far as it was said. */
  get user(): string | undefined {
    return this.#user
  }

  /** Replaces what was granted before. Throws `INVALID_GRANT`. */
  grant(grant: Grant): void {
    requireGrant(grant, this.#connection.core.limits.maxUserLength)
    const { user, scopes = [], expiresAt = Number.POSITIVE_INFINITY } = grant
    // A handler that outlived its connection must leave nothing behind that nobody takes away.
    if (this.#connection.status === 'closed') return
    this.#setUser(user)
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

  /** The connection has ended: nobody finds it by its user any more. */
  close(): void {
    this.#stopWatch()
    if (this.#user !== undefined) this.#connection.core.users.remove(this.#user, this.#connection)
  }

  #setUser(user: string | undefined): void {
    if (user === this.#user) return
    const { users } = this.#connection.core
    if (this.#user !== undefined) users.remove(this.#user, this.#connection)
    if (user !== undefined) users.add(user, this.#connection)
    this.#user = user
  }

  #stopWatch(): void {
    this.#connection.core.environment.clock.stopTimer(this.#timer)
  }

  #isExpired(): boolean {
    return this.#connection.core.environment.clock.now() >= this.#expiresAt
  }

  /** Ends the connection when the grant expires, on a route that needs one. */
  #watch(): void {
    this.#stopWatch()
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

/** What would let somebody in who was not meant, such as an expiry that is no number, is refused. */
export function requireGrant({ user, scopes, expiresAt }: Grant, maxUserLength: number): void {
  const isUser = typeof user === 'string' && user !== '' && user.length <= maxUserLength
  if (user !== undefined && !isUser)
    throw invalid(`A user is named by a string of 1 to ${maxUserLength} characters.`)
  if (scopes !== undefined && !Array.isArray(scopes)) throw invalid('Scopes are a list of strings.')
  const isTime = typeof expiresAt === 'number' && !Number.isNaN(expiresAt)
  if (expiresAt !== undefined && !isTime) throw invalid('An expiry is a number of milliseconds.')
}

function invalid(message: string): WirepactError {
  return new WirepactError('INVALID_GRANT', message)
}
