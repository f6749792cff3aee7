import { type PagedChannel, walkHistory } from './pages.js'
import { places, type Resident } from './resident.js'
import type { Life } from './servers.js'
import type { Town } from './town.js'

type Deed = (resident: Resident) => void

/** What a request that may be asked again is not lost with. */
const never = ['CONNECTION_LOST']

/** What happens in a town. Each town has only some of it, so that nothing hides behind everything else. */
export class Deeds {
  readonly #town: Town
  readonly #common: readonly Deed[]
  readonly #rare: readonly Deed[]
  #texts = 0

  constructor(town: Town) {
    this.#town = town
    const { prng } = town
    const some = (deeds: readonly Deed[]) => {
      const chosen = deeds.filter(() => prng.chance(0.6))
      return chosen.length > 0 ? chosen : deeds
    }
    this.#common = some([
      (resident) => this.#put(resident),
      (resident) => this.#add(resident),
      (resident) => this.#look(resident),
      (resident) => this.#count(resident),
      (resident) => this.#confirm(resident),
      () => this.#publish(),
      () => this.#publish(),
      () => this.#price(),
      (resident) => resident.toggle(prng.pick(places)),
      (resident) => this.#read(resident),
    ])
    this.#rare = some([
      () => this.#harm(),
      () => this.#harm(),
      () => town.servers.crash(),
      () => town.servers.drain(),
      () => this.#pick()?.node.interrupt(),
      () => this.#clear(),
      () => this.#publishTwice(),
      () => this.#burst(),
      () => town.servers.setLatency(prng.pick([1, 20, 200, 1_000])),
      (resident) => this.#pause(resident),
      (resident) => this.#wander(resident),
      (resident) => this.#startOver(resident),
      (resident) => this.#revoke(resident),
      (resident) => resident.connection.refresh().catch(() => undefined),
    ])
  }

  doOne(): void {
    const { prng, residents } = this.#town
    prng.pick(prng.chance(0.75) ? this.#common : this.#rare)(prng.pick(residents))
  }

  #pick(): Life | undefined {
    return this.#town.servers.pick()
  }

  #text(): string {
    return `t${++this.#texts}`
  }

  #put({ name, connection }: Resident): void {
    const { deliveries, prng } = this.#town
    for (let count = prng.pick([1, 1, 4]); count > 0; count--) {
      const number = deliveries.next()
      const ttlMs = prng.chance(0.1) ? prng.between(10, 3_000) : 0
      if (connection.put({ number }, { ttlMs }).outcome !== 'refused') deliveries.said(name, number)
    }
  }

  #add(asker: Resident): void {
    const { calls, prng, time } = this.#town
    const { connection, name } = asker
    const aborter = new AbortController()
    if (prng.chance(0.2)) time.after(prng.between(0, 500), () => aborter.abort())
    const numbers = [prng.between(0, 9), prng.between(0, 9)] as const
    const timeoutMs = prng.pick([0, 50, 2_000, 8_000])
    const due = { timeoutMs, signal: aborter.signal }
    const call = connection.add([...numbers], due)
    calls.note(`add of ${name}`, call, {
      expected: numbers[0] + numbers[1],
      asker,
      ...due,
      timeoutMs: timeoutMs || Infinity,
    })
  }

  #look(asker: Resident): void {
    const { connection, name } = asker
    const expected = this.#town.prng.between(0, 99)
    this.#town.calls.note(`look of ${name}`, connection.look(expected), {
      expected,
      never,
      asker,
      timeoutMs: 8_000,
    })
  }

  /** A client reads a stream of its server, at times only some of it. */
  #count(reader: Resident): void {
    const { flows, prng } = this.#town
    const [to, maxBuffered] = [prng.between(0, 40), prng.pick([1, 4, 64])]
    const flow = flows.open(to, maxBuffered)
    const enough = prng.between(1, 60)
    let count = 0
    const items = reader.connection.count({ flow, to }, { maxBuffered, timeoutMs: prng.pick([0, 3_000]) })
    void flows.read(flow, items, { reader, isEnough: () => ++count >= enough })
  }

  /** A server asks a client, wherever it is. */
  #confirm({ connection: { status }, name }: Resident): void {
    const asker = this.#pick()
    if (asker === undefined || status.state !== 'open') return
    const number = this.#town.prng.between(0, 99)
    const call = asker.server.routes.town.to({ connection: status.connection }).confirm(number)
    this.#town.calls.note(`confirm of ${name}`, call, { expected: number + 1, asker })
  }

  #publish(): void {
    const { prng } = this.#town
    const channels = this.#pick()?.server.routes.town.channels
    if (channels === undefined) return
    const places = [channels.square(), channels.guild({ key: 'gold' }), channels.guild({ key: 'tin' })]
    const channel = prng.pick([...places, channels.square(), channels.council()])
    const some = prng.chance(0.15) ? { [prng.pick(['to', 'except'])]: this.#someConnections() } : {}
    void channel.publish('said', { text: this.#text() }, some)
  }

  #someConnections(): string[] {
    return this.#town.residents.flatMap(({ connection: { status } }) =>
      status.state === 'open' && this.#town.prng.chance(0.5) ? [status.connection] : [],
    )
  }

  #burst(): void {
    for (let count = this.#town.prng.between(2, 30); count > 0; count--) this.#publish()
  }

  #price(): void {
    const good = this.#town.prng.pick(['bread', 'milk', 'salt'])
    void this.#pick()?.server.routes.town.channels.prices().publish('price', { good, text: this.#text() })
  }

  /** Somebody asks again who does not know whether the first time was heard, maybe of the other server. */
  #publishTwice(): void {
    const { prng, time, wrong } = this.#town
    const key = this.#text()
    const publish = () =>
      this.#pick()?.server.routes.town.channels.square().publish('said', { text: this.#text() }, { key })
    const first = publish()
    time.after(prng.between(0, 5_000), () => {
      // What a server that crashed was asked never settles.
      void Promise.all([first, publish()]).then(([before, after]) => {
        if (before === undefined || after === undefined) return
        const isSame = JSON.stringify(before.position) === JSON.stringify(after.position)
        if (!isSame || (before.repeated ?? after.repeated) !== true) wrong.push(`${key} was published twice`)
      })
    })
  }

  #clear(): void {
    const channels = this.#pick()?.server.routes.town.channels
    const { prng } = this.#town
    void prng.pick([channels?.square(), channels?.prices(), channels?.guild({ key: 'gold' })])?.clear()
  }

  #read(resident: Resident): void {
    const { prng, store, wrong } = this.#town
    const place = prng.pick(['square', 'gold', 'council'] as const)
    const reading = { observer: resident.observers[place], truths: store, limit: prng.between(1, 7) }
    void walkHistory(resident.channel(place) as PagedChannel, reading).then((found) => wrong.push(...found))
  }

  #pause({ connection, name }: Resident): void {
    this.#town.tell(`${name} closes and connects again`)
    connection.close()
    this.#town.time.after(this.#town.prng.between(0, 5_000), () => connection.connect())
  }

  /** Starts over as soon as anything changes, from within the listener. */
  #startOver(resident: Resident): void {
    const { connection, name } = resident
    const stop = connection.onStatus(({ state }) => {
      stop()
      if (this.#town.credentials.isCalm) return
      this.#add(resident)
      this.#town.tell(`${name} starts over when it is ${state}`)
      connection.close()
      connection.connect()
    })
  }

  /** Who was thrown out does not come back with the session that it had. */
  #revoke({ user }: Resident): void {
    const { revoked, time } = this.#town
    const life = this.#pick()
    if (life === undefined) return
    this.#town.tell(`${user} is thrown out`)
    const guests = [...life.guests].filter((ctx) => ctx.user === user && ctx.status === 'open')
    const note = () => {
      for (const { session } of guests) revoked.set(session, time.now)
    }
    void life.server.revoke({ user }).then(note)
  }

  /** The connection breaks and the client is on another one, perhaps of the other server, before this one is missed. */
  #wander({ connection, name }: Resident): void {
    const { prng, time } = this.#town
    this.#town.tell(`${name} wanders`)
    for (const { network } of this.#town.servers.lives)
      for (const socket of network.sockets) if (prng.chance(0.3)) network.stall(socket, 12_000)
    time.after(prng.between(0, 10_000), () => connection.connect())
  }

  #harm(): void {
    const { prng, time } = this.#town
    const { network, memory } = this.#pick() ?? {}
    if (network === undefined || memory === undefined || network.sockets.length === 0) return
    const socket = prng.pick(network.sockets)
    const harm = prng.pick(['cut', 'cut all', 'vanish', 'half', 'stall', 'offline'] as const)
    this.#town.tell(`network: ${harm}`)
    if (harm === 'cut') network.cut(socket)
    else if (harm === 'cut all') for (const one of network.sockets) network.cut(one)
    else if (harm === 'vanish') network.vanish(socket)
    else if (harm === 'half') network.halfClose(socket, prng.pick(['to-server', 'to-client'] as const))
    else if (harm === 'stall') network.stall(socket, prng.pick([200, 2_000, 12_000, 20_000]))
    else {
      memory.offline = true
      time.after(prng.between(100, 6_000), () => {
        memory.offline = false
      })
    }
  }
}
