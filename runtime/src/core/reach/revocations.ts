import type { Clock, Timer } from '@wirepact/protocol'

interface Revocation {
  /** Its number among all of this node. */
  readonly number: number
  /** When nobody can be left who began before. */
  readonly until: number
  readonly reason: string
}

/**
 * The users from whom access was taken back lately, for connections that were being let in meanwhile and were nobody's
 * yet. Moments are numbers and no times, so that who comes right after a revocation is not taken for who came before.
 */
export class Revocations {
  readonly #clock: Clock
  readonly #keptMs: number
  /** By user, the oldest first. */
  readonly #lately = new Map<string, Revocation>()
  #count = 0
  #timer: Timer | undefined

  /** They are kept for as long as it can take to be let in: a handshake before the upgrade, and one after it. */
  constructor(clock: Clock, handshakeTimeoutMs: number) {
    this.#clock = clock
    this.#keptMs = 2 * handshakeTimeoutMs
  }

  /** This moment. */
  get now(): number {
    return this.#count
  }

  note(user: string, reason: string): void {
    this.#lately.delete(user)
    this.#lately.set(user, { number: ++this.#count, until: this.#clock.now() + this.#keptMs, reason })
    this.#timer ??= this.#clock.startTimer(this.#forget, this.#keptMs)
  }

  /** Why somebody is not let in who began at the moment `since`; undefined when nothing speaks against it. */
  find(user: string | undefined, since: number): string | undefined {
    const found = user === undefined || since === this.#count ? undefined : this.#lately.get(user)
    return found !== undefined && found.number > since ? found.reason : undefined
  }

  /** Nobody is let in any more. */
  close(): void {
    this.#lately.clear()
    this.#clock.stopTimer(this.#timer)
  }

  readonly #forget = (): void => {
    this.#timer = undefined
    const now = this.#clock.now()
    for (const [user, { until }] of this.#lately) {
      if (until > now) {
        this.#timer = this.#clock.startTimer(this.#forget, until - now)
        return
      }
      this.#lately.delete(user)
    }
  }
}
