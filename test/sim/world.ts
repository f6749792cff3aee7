import { MemoryNetwork } from '@wirepact/runtime/testing'
import { createClient } from '../runtime/api/generated/client.js'
import { createServer, type Server } from '../runtime/api/generated/server.js'
import { labHandlers } from '../runtime/lab.js'
import { DeadSocket } from './dead-socket.js'
import { describe } from './describe.js'
import { Disk } from './disk.js'
import { judgeMessages, judgePresence, judgeSaid, type Last, type Person } from './judge.js'
import { SimNetwork } from './network.js'
import { oneSocket } from './one-socket.js'
import { createPerson } from './person.js'
import { Prng } from './prng.js'
import { VirtualTime } from './virtual-time.js'

/** One life of the server, from its start to its crash. */
interface Life {
  alive: boolean
  readonly server: Server
  readonly memory: MemoryNetwork
  readonly network: SimNetwork
}

/** How a simulation went. */
export interface Outcome {
  readonly seed: number
  readonly wrong: readonly string[]
  /** What happened, in order, for a person who looks into a failure. */
  readonly story: readonly string[]
}

const names = ['ada', 'bob', 'cid', 'dan']
const rooms = ['attic', 'cellar']
const quietMs = 240_000
/** More that was missed is a gap. */
const maxRecovered = 40

/** A whole world: clients, a network, a server that dies and comes back, a disk; all of it decided by one seed. */
export class World {
  readonly seed: number
  readonly time = new VirtualTime()
  readonly disk = new Disk(this.time)
  readonly #prng: Prng
  readonly #story: string[] = []
  readonly #wrong: string[] = []
  readonly #people: Person[] = []
  readonly #random
  #life: Life | undefined
  #texts = 0
  #unsettled = 0

  constructor(seed: number) {
    this.seed = seed
    this.#prng = new Prng(seed)
    this.#random = { next: () => this.#prng.next(), id: () => this.#prng.id() }
  }

  async run(): Promise<Outcome> {
    this.#start()
    const count = this.#prng.between(2, 4)
    for (const name of names.slice(0, count)) this.#people.push(this.#arrive(name))
    const steps = this.#prng.between(30, 80)
    for (let step = 0; step < steps; step++) {
      this.#act()
      await this.time.advance(
        this.#prng.chance(0.05) ? this.#prng.between(1_000, 60_000) : this.#prng.between(0, 300),
      )
    }
    await this.#calmDown()
    await this.#leave()
    return { seed: this.seed, wrong: this.#wrong, story: this.#story }
  }

  #tell(what: string): void {
    this.#story.push(`${this.time.now} ${what}`)
  }

  #start(): void {
    const life = { alive: true } as Life
    const isAlive = () => life.alive
    const environment = { clock: this.time.clock(isAlive), random: this.#random }
    const log = (details: object, message: string) => this.#tell(`log: ${message} ${describe(details)}`)
    const logger = { debug: log, info: log, warn: log, error: log }
    const handlers = labHandlers({ authorize: { vault: () => true } })
    const server = createServer(
      { lab: handlers, plain: { ping: () => 'pong' } },
      {
        engine: this.disk.mount(this.#prng, isAlive),
        environment,
        logger,
        limits: { maxRecovered, pingIntervalMs: 5_000, pingTimeoutMs: 4_000 },
      },
    )
    const network = new SimNetwork(this.time, this.#prng)
    const memory = new MemoryNetwork(server, {
      carry: (arrive, socket, direction) => network.carry(() => life.alive && arrive(), socket, direction),
    })
    this.#life = Object.assign(life, { server, memory, network })
    this.#tell('server starts')
  }

  /** The server dies: some clients learn of it at once, others not at all. */
  #crash(): void {
    const life = this.#life
    if (life === undefined) return
    this.#tell('server crashes')
    life.alive = false
    this.#life = undefined
    this.disk.unmount()
    for (const socket of life.network.sockets) {
      if (this.#prng.chance(0.7)) socket.cut()
      else life.network.vanish(socket)
    }
    this.time.after(this.#prng.between(100, 20_000), () => this.#life === undefined && this.#start())
  }

  #arrive(name: string): Person {
    const open = (url: string, protocol: string) =>
      this.#life === undefined ? new DeadSocket(this.time) : new this.#life.memory.WebSocket(url, protocol)
    const environment = {
      clock: this.time.clock(),
      random: this.#random,
      report: (thrown: unknown) => this.#fault(thrown),
    }
    const WebSocket = oneSocket(open, (what) => this.#wrong.push(`${name} ${what}`))
    const client = createClient('ws://sim', { WebSocket, environment, callTimeoutMs: 1_500 })
    const roomName = this.#prng.pick(rooms)
    const connection = client.lab({ params: { roomId: roomName }, query: { name } })
    return createPerson({ name, roomName, connection, disk: this.disk, maxRecovered })
  }

  #fault(thrown: unknown): void {
    this.#wrong.push(`a client threw ${String(thrown)}`)
  }

  #act(): void {
    const person = this.#prng.pick(this.#people)
    const dice = this.#prng.next()
    if (dice < 0.3) this.#say(person)
    else if (dice < 0.38) this.#ask(person)
    else if (dice < 0.5) this.#publishFromServer()
    else if (dice < 0.6) this.#toggleLogs(person)
    else if (dice < 0.75) this.#harmNetwork()
    else if (dice < 0.8) this.#crash()
    else if (dice < 0.84) this.#pauseConnection(person)
    else if (dice < 0.85) this.#clear(this.#prng.pick(['log', 'room'] as const))
    else if (dice < 0.9) this.#fidget(person)
    else if (dice < 0.93) this.#burst()
    else this.#life?.network.setLatency(this.#prng.pick([1, 20, 200, 1500]))
  }

  #text(): { text: string } {
    return { text: `t${++this.#texts}` }
  }

  #say({ connection }: Person): void {
    if (this.#prng.chance(0.3)) connection.whisper(this.#text())
    else connection.say(this.#text())
  }

  /** Every call settles, whatever happens to it. */
  #ask({ connection }: Person): void {
    const aborter = new AbortController()
    this.#unsettled++
    const settled = () => void this.#unsettled--
    const timeoutMs = this.#prng.pick([50, 2_000, 8_000])
    connection
      .add({ a: 1, b: this.#prng.between(1, 200) }, { timeoutMs, signal: aborter.signal })
      .then(settled, settled)
    if (this.#prng.chance(0.2)) this.time.after(this.#prng.between(0, 500), () => aborter.abort())
  }

  #publishFromServer(): void {
    const { server } = this.#life ?? {}
    if (server === undefined) return
    const { channels } = server.routes.lab
    if (this.#prng.chance(0.5)) void channels.log({ topic: 'all' }).publish('line', this.#text())
    else if (this.#prng.chance(0.2)) this.#publishTwice(this.#prng.pick(rooms))
    else {
      const to = this.#prng.chance(0.3) ? this.#someConnections() : undefined
      const room = channels.room({ roomId: this.#prng.pick(rooms) })
      void room.publish('said', this.#text(), to && { to })
    }
  }

  /** Of all that are open at the moment, some. */
  #someConnections(): string[] {
    return this.#people.flatMap(({ connection: { status } }) =>
      status.state === 'open' && this.#prng.chance(0.5) ? [status.connection] : [],
    )
  }

  /** Somebody asks again who does not know whether the first time was heard, maybe of the next life of the server. */
  #publishTwice(roomId: string): void {
    const key = `k${this.#texts}`
    const publish = () =>
      this.#life?.server.routes.lab.channels.room({ roomId }).publish('said', this.#text(), { key })
    const first = publish()
    this.time.after(this.#prng.between(0, 8_000), () => {
      const both = Promise.all([first, publish()])
      // What a server that crashed was asked never settles.
      void both.then(([before, after]) => {
        if (before === undefined || after === undefined) return
        const isSame = JSON.stringify(before.position) === JSON.stringify(after.position)
        if (!isSame || (before.repeated ?? after.repeated) !== true)
          this.#wrong.push(`${key} was published twice`)
      })
    })
  }

  #burst(): void {
    const count = this.#prng.between(2, 60)
    this.#tell(`burst of ${count}`)
    for (let index = 0; index < count; index++) this.#publishFromServer()
  }

  /** At times somebody cannot decide: the answers to several subscriptions are on their way at once. */
  #toggleLogs(person: Person): void {
    this.#toggleLog(person)
    for (let clears = this.#prng.pick([0, 0, 1, 2]); clears > 0; clears--)
      this.time.after(this.#prng.between(0, 400), () => this.#renew())
    for (let again = this.#prng.pick([0, 0, 1, 2, 3]); again > 0; again--) {
      this.time.after(this.#prng.between(0, 60), () => this.#toggleLog(person))
    }
  }

  #toggleLog(person: Person): void {
    const channel = person.connection.channels.log({ topic: 'all' })
    person.listens = !person.listens
    this.#tell(`${person.name} ${person.listens ? 'subscribes' : 'unsubscribes'}`)
    if (person.listens) {
      person.log.renewed()
      person.stopLog = channel.on('line', ({ text }, { offset }) => person.log.heard(text, offset))
      channel.subscribe().catch(() => undefined)
      return
    }
    person.stopLog?.()
    void channel.unsubscribe()
  }

  #pauseConnection({ name, connection }: Person): void {
    this.#tell(`${name} closes and connects again`)
    connection.close()
    this.time.after(this.#prng.between(0, 3_000), () => connection.connect())
  }

  /** Comes and goes faster than the network carries it: a hello may arrive when its connection is long given up. */
  #fidget({ name, connection }: Person): void {
    this.#tell(`${name} fidgets`)
    this.#life?.network.setLatency(this.#prng.pick([200, 1_500]))
    for (let delayMs = 0; delayMs < 12_000; delayMs += this.#prng.between(500, 4_000)) {
      this.time.after(delayMs, () => {
        connection.close()
        connection.connect()
        if (this.#prng.chance(0.5))
          this.time.after(this.#prng.between(0, 400), () => this.#life?.network.stallNewest(6_000))
      })
    }
  }

  /** The history is cleared between publications: some of what is held back for who reads it is gone, some is not. */
  #renew(): void {
    for (let before = this.#prng.between(0, 3); before > 0; before--) this.#publishFromServer()
    this.#clear('log')
    for (let after = this.#prng.between(0, 3); after > 0; after--) this.#publishFromServer()
  }

  #clear(which: 'log' | 'room'): void {
    const { server } = this.#life ?? {}
    if (server === undefined) return
    this.#tell(`the history of a ${which} is cleared`)
    if (which === 'log') void server.routes.lab.channels.log({ topic: 'all' }).clear()
    else void server.routes.lab.channels.room({ roomId: this.#prng.pick(rooms) }).clear()
  }

  #harmNetwork(): void {
    const { network, memory } = this.#life ?? {}
    if (network === undefined || memory === undefined || network.sockets.length === 0) return
    const { sockets } = network
    const newest = this.#prng.chance(0.5) ? undefined : sockets.at(-1)
    const socket = newest ?? this.#prng.pick(sockets)
    const harm = this.#prng.pick(['cut', 'vanish', 'half', 'stall', 'offline'] as const)
    this.#tell(`network: ${harm}`)
    if (harm !== 'offline') network.harm(socket, harm)
    else {
      memory.offline = true
      this.time.after(this.#prng.between(100, 10_000), () => {
        memory.offline = false
      })
    }
  }

  /** Nothing goes wrong any more: everybody has to be back, and to have everything that there is. */
  async #calmDown(): Promise<void> {
    if (this.#life === undefined) this.#start()
    this.#life?.network.setLatency(5)
    for (const { connection } of this.#people) connection.connect()
    await this.time.advance(quietMs)
    const { channels } = (this.#life as Life).server.routes.lab
    const last: Last[] = []
    for (const room of rooms) {
      const observers = this.#people.filter(({ roomName }) => roomName === room).map((person) => person.room)
      const published = channels.room({ roomId: room }).publish('said', this.#text())
      await this.time.advance(quietMs)
      last.push({ observers, name: `room/${room}`, position: (await published).position })
    }
    const published = channels.log({ topic: 'all' }).publish('line', this.#text())
    await this.time.advance(quietMs)
    const listening = this.#people.filter(({ listens }) => listens).map((person) => person.log)
    last.push({ observers: listening, name: 'log/all', position: (await published).position })
    this.#wrong.push(...judgeMessages(this.disk, this.#people, last))
    if (this.#unsettled > 0) this.#wrong.push(`${this.#unsettled} calls were never settled`)
    // Only now: with a new connection much comes right that was not.
    const queued = await this.#sayAway()
    await this.time.advance(quietMs)
    this.#wrong.push(...judgeSaid(this.disk, queued))
    await this.#judgePresence()
  }

  /** Everybody says something while nobody has a connection: the texts that are to go out with the next one. */
  async #sayAway(): Promise<string[]> {
    const { network } = this.#life as Life
    for (const socket of network.sockets) network.cut(socket)
    await this.time.advance(0)
    return this.#people.flatMap(({ connection }) => {
      const said = this.#text()
      return connection.say(said).outcome === 'queued' ? [said.text] : []
    })
  }

  /** Presence is exactly who is there, on the server and in every client. */
  async #judgePresence(): Promise<void> {
    for (const room of rooms) {
      const members = (this.#life as Life).server.routes.lab.channels.room({ roomId: room }).members()
      await this.time.advance(1_000)
      this.#wrong.push(...judgePresence(room, await members, this.#people))
    }
  }

  /** Everybody goes: nothing may be left behind. */
  async #leave(): Promise<void> {
    for (const { connection } of this.#people) connection.close()
    await this.time.advance(60_000)
    const closing = (this.#life as Life).server.close()
    await this.time.advance(60_000)
    await closing
    if (this.time.waiting > 0) this.#wrong.push(`${this.time.waiting} timers are left`)
  }
}
