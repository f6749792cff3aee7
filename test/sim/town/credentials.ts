import { WirepactError } from '@wirepact/protocol'
import type { TownContext } from '../api/generated/server.js'
import type { Prng } from '../prng.js'
import type { VirtualTime } from '../virtual-time.js'

/** What a connection has been granted, and since when. */
export interface Granted {
  readonly expiresAt: number
  readonly isElder: boolean
  /** Since when it has been so, whether it is an elder. */
  readonly since: number
}

/** Whoever keeps the time and decides by chance. */
export interface Chance {
  readonly time: VirtualTime
  readonly prng: Prng
}

/** Who may do what in the town, and for how long: what clients present and what servers make of it. */
export class Credentials {
  /** While true nothing goes wrong with credentials any more. */
  isCalm = false
  readonly #chance: Chance
  readonly #granted = new Map<string, Granted>()

  constructor(chance: Chance) {
    this.#chance = chance
  }

  /** What a client presents: at times late, at times nothing, at times something that is no good. */
  async give(user: string): Promise<string> {
    const { prng } = this.#chance
    if (this.isCalm) return `${user}:20000:elder`
    if (prng.chance(0.2)) await this.wait(prng.between(0, 4_000))
    if (prng.chance(0.05)) throw new Error('The directory cannot be asked.')
    if (prng.chance(0.05)) return 'forged'
    return `${user}:${prng.between(4_000, 30_000)}:${prng.chance(0.6) ? 'elder' : ''}`
  }

  /** What a server makes of it. */
  async admit(ctx: TownContext, token: string | undefined): Promise<void> {
    const { prng, time } = this.#chance
    if (prng.chance(0.2)) await this.wait(prng.between(0, 300))
    const [user, ttlMs, scope] = (token ?? '').split(':')
    if (user === undefined || ttlMs === undefined) throw new WirepactError('UNAUTHENTICATED', 'It is forged.')
    const isElder = scope === 'elder'
    const before = this.#granted.get(ctx.id)
    const since = before?.isElder === isElder ? before.since : time.now
    const expiresAt = time.now + Number(ttlMs)
    this.#granted.set(ctx.id, { expiresAt, isElder, since })
    ctx.grant({ user, scopes: isElder ? ['elder'] : [], expiresAt })
  }

  /** As {@link admit}, and at times nobody can decide. */
  async renew(ctx: TownContext, token: string | undefined): Promise<void> {
    if (!this.isCalm && this.#chance.prng.chance(0.1)) throw new Error('The directory cannot be asked.')
    await this.admit(ctx, token)
  }

  find(connection: string): Granted | undefined {
    return this.#granted.get(connection)
  }

  wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.#chance.time.after(delayMs, resolve))
  }
}
