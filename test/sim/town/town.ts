import { Prng } from '../prng.js'
import { VirtualTime } from '../virtual-time.js'
import type { Outcome } from '../world.js'
import { audit, noteFresh } from './audit.js'
import { Calls } from './calls.js'
import { Credentials } from './credentials.js'
import { Deeds } from './deeds.js'
import { Deliveries } from './deliveries.js'
import { Flows } from './flows.js'
import { judgeTown } from './judge-town.js'
import { Resident } from './resident.js'
import { Servers } from './servers.js'
import { Store } from './store.js'

const users = ['ada', 'bob', 'cid', 'ada']
const quietMs = 40_000

/**
 * A town: clients that ask, answer, stream, deliver and subscribe, with credentials that expire, of two servers on one
 * store that crash, are drained and lose sight of each other; all of it decided by one seed.
 */
export class Town {
  readonly seed: number
  readonly time = new VirtualTime()
  readonly prng: Prng
  readonly calls = new Calls(this.time)
  readonly flows = new Flows()
  readonly deliveries = new Deliveries(() => this.time.now)
  readonly credentials: Credentials
  readonly store: Store
  readonly servers: Servers
  readonly revoked = new Map<string, number>()
  /** Those who are alive. */
  readonly residents: Resident[] = []
  readonly wrong: string[] = []
  readonly #story: string[] = []

  constructor(seed: number) {
    this.seed = seed
    this.prng = new Prng(seed)
    this.credentials = new Credentials(this)
    this.store = new Store(this.time, this.prng)
    this.servers = new Servers({ models: this, store: this.store, tell: (what) => this.tell(what) })
  }

  async run(): Promise<Outcome> {
    const count = this.prng.between(2, users.length)
    for (const [index, user] of users.slice(0, count).entries()) this.#arrive(`${user}${index}`, user)
    await noteFresh(() => Town.#fresh())
    await this.time.advance(0)
    const deeds = new Deeds(this)
    for (let step = this.prng.between(30, 70); step > 0; step--) {
      deeds.doOne()
      const isLong = this.prng.chance(0.04)
      await this.time.advance(isLong ? this.prng.between(1_000, 30_000) : this.prng.between(0, 300))
    }
    await this.#calmDown()
    await this.#leave()
    this.wrong.push(...this.calls.judge(), ...this.flows.judge(), ...this.#judgeDeliveries())
    return { seed: this.seed, wrong: this.wrong, story: this.#story }
  }

  /** A town with one client that has just begun to connect. */
  static #fresh(): Town {
    const town = new Town(0)
    town.credentials.isCalm = true
    town.#arrive('ada', 'ada')
    return town
  }

  tell(what: string): void {
    this.#story.push(`${this.time.now} ${what}`)
  }

  #judgeDeliveries(): string[] {
    return this.deliveries.judge(this.residents.map(({ name }) => name))
  }

  #arrive(name: string, user: string): void {
    const { servers, store } = this
    const tell = (what: string) => this.tell(what)
    this.residents.push(new Resident({ name, user, models: this, store, servers, tell }))
  }

  /** Nothing goes wrong any more: everybody has to be back, to stay, and to have everything that there is. */
  async #calmDown(): Promise<void> {
    this.tell('all is calm')
    this.credentials.isCalm = true
    if (this.prng.chance(0.3)) this.residents.pop()?.die()
    this.servers.startAll()
    this.servers.setLatency(5)
    // A server that is still being drained is back after that.
    await this.time.advance(quietMs)
    this.servers.startAll()
    for (const { connection } of this.residents) connection.connect()
    await this.time.advance(quietMs)
    for (const resident of this.residents) resident.insist()
    await this.time.advance(quietMs)
    await judgeTown(this)
  }

  /** Everybody goes: nothing may be left behind. */
  async #leave(): Promise<void> {
    for (const { client } of this.residents) client.close()
    await this.time.advance(quietMs)
    this.wrong.push(...audit(this))
    const closing = this.servers.close()
    await this.time.advance(quietMs)
    await closing
    if (this.time.waiting > 0) this.wrong.push(`${this.time.waiting} timers are left`)
  }
}
