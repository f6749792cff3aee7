import { WirepactError } from '@wirepact/protocol'
import type { AuthRequirement } from '../definition.js'
import type { Grant } from '../types.js'
import { Budget } from './budget.js'
import { toClosing } from './closing.js'
import type { Connection } from './connection.js'
import { Expiry } from './expiry.js'
import { requireGrant } from './granting.js'
import { askToRefresh } from './refresh.js'

/** Who a connection is, as far as its handlers have said. Whoever was not granted anything may do nothing. */
export class Access {
  readonly #connection: Connection
  #user: string | undefined
  #scopes: ReadonlySet<string> | undefined
  #granted: Grant | undefined
  /** Made with the first grant that is for some time. */
  #expiry: Expiry | undefined
  /** Made with the first fresh credential. */
  #refreshes: Budget | undefined

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Who it is, as far as it was said and still holds: a timer may be late, and a grant over when it is given. */
  get user(): string | undefined {
    return this.#expiry?.isOver ? undefined : this.#user
  }

  /** What was granted last, whether or not it still holds. */
  get granted(): Grant | undefined {
    return this.#granted
  }

  /** Replaces what was granted before, and ends what is no longer allowed. Throws `INVALID_GRANT`. */
  grant(grant: Grant): void {
    requireGrant(grant, this.#connection.core.limits.maxUserLength)
    const { user, scopes = [], expiresAt = Number.POSITIVE_INFINITY } = grant
    // A handler that outlived its connection must leave nothing behind that nobody takes away.
    if (this.#connection.status === 'closed') return
    this.#granted = { ...grant, scopes: [...scopes] }
    this.#scopes = new Set(scopes)
    if (expiresAt !== Number.POSITIVE_INFINITY) this.#expiry ??= this.#createExpiry()
    this.#expiry?.set(expiresAt)
    this.#changed(this.#expiry?.isOver ? undefined : user)
  }

  /** Lets hold again what was granted before `made`, unless something else was granted since. */
  undo(made: Grant, before: Grant | undefined): void {
    if (this.#granted !== made) return
    if (before !== undefined) return this.grant(before)
    this.#granted = undefined
    this.#scopes = undefined
    this.#expiry?.set(Number.POSITIVE_INFINITY)
    this.#changed(undefined)
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
    if (this.#expiry?.isOver) return new WirepactError('UNAUTHENTICATED', 'What was granted has expired.')
    if (auth === 'required' || auth.every((scope) => scopes.has(scope))) return undefined
    return new WirepactError('FORBIDDEN', 'A scope is missing for this.')
  }

  /** Throws `RATE_LIMITED` when fresh credentials come too often: to look at one may cost something. */
  requireRefreshInTime(): void {
    const { environment, limits } = this.#connection.core
    const rate = { perSecond: limits.refreshesPerSecond, burst: limits.maxRefreshBurst }
    this.#refreshes ??= new Budget(environment.clock, rate)
    if (this.#refreshes.take()) return
    const data = { retryAfterMs: this.#refreshes.retryAfterMs }
    throw new WirepactError('RATE_LIMITED', 'Fresh credentials come too often.', { data })
  }

  /** The connection has ended: nobody finds it by its user any more. */
  close(): void {
    this.#expiry?.stop()
    if (this.#user !== undefined) this.#connection.core.users.remove(this.#user, this.#connection)
  }

  #createExpiry(): Expiry {
    const { environment, limits } = this.#connection.core
    return new Expiry({
      clock: environment.clock,
      beforeMs: limits.refreshBeforeMs,
      ask: (leftMs) => askToRefresh(this.#connection, leftMs),
      over: () => this.#changed(undefined),
    })
  }

  #changed(user: string | undefined): void {
    const isSomebodyElse = user !== this.#user
    if (isSomebodyElse) this.#setUser(user)
    if (!this.#endsRoute()) this.#connection.accessChanged(isSomebodyElse)
  }

  /** Ends the connection where its route is no longer allowed. */
  #endsRoute(): boolean {
    const { auth } = this.#connection.admission.route.definition
    const isOpen = this.#connection.status === 'open'
    const error = auth === undefined || !isOpen ? undefined : this.refuse(auth)
    if (error === undefined) return false
    const { code, reason } = toClosing(error)
    this.#connection.end(code, reason)
    return true
  }

  #setUser(user: string | undefined): void {
    const { users } = this.#connection.core
    if (this.#user !== undefined) users.remove(this.#user, this.#connection)
    if (user !== undefined) users.add(user, this.#connection)
    this.#user = user
  }
}
