import type { Clock } from '@wirepact/protocol'

interface Revocation {
  /** Its number among all of this node. */
  readonly number: number
  readonly at: number
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
    const at = this.#clock.now()
    for (const [name, old] of this.#lately) {
      if (at - old.at <= this.#keptMs) break
      this.#lately.delete(name)
    }
    this.#lately.delete(user)
    this.#lately.set(user, { number: ++this.#count, at, reason })
  }

  /** Why somebody is not let in who began at the moment `since`; undefined when nothing speaks against it. */
  find(user: string | undefined, since: number): string | undefined {
    const found = user === undefined || since === this.#count ? undefined : this.#lately.get(user)
    return found !== undefined && found.number > since ? found.reason : undefined
  }
}
