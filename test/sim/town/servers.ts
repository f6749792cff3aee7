import { EventEmitter } from 'node:events'
import { MemoryNetwork } from '@wirepact/runtime/testing'
import { createServer, type Server, type TownContext } from '../api/generated/server.js'
import { DeadSocket } from '../dead-socket.js'
import { describe } from '../describe.js'
import { SimNetwork } from '../network.js'
import { type Models, townHandlers } from './handlers.js'
import type { Store } from './store.js'
import type { StoreNode } from './store-node.js'

/** One life of one server, from its start to its crash or its end. */
export interface Life {
  alive: boolean
  isClosing: boolean
  readonly guests: Set<TownContext>
  readonly server: Server
  readonly memory: MemoryNetwork
  readonly network: SimNetwork
  readonly node: StoreNode
}

/** What servers are made of. */
export interface ServersParts {
  readonly models: Models
  readonly store: Store
  readonly tell: (what: string) => void
}

const count = 2
const limits = {
  maxRecovered: 40,
  pingIntervalMs: 5_000,
  pingTimeoutMs: 4_000,
  refreshBeforeMs: 6_000,
  handshakeTimeoutMs: 5_000,
  callTimeoutMs: 6_000,
}

/** The servers of the town, on one store. They crash, are drained, and come back. */
export class Servers {
  readonly #parts: ServersParts
  readonly #lives: (Life | undefined)[] = []
  #latencyMs = 20

  constructor(parts: ServersParts) {
    this.#parts = parts
    for (let index = 0; index < count; index++) this.#start(index)
  }

  get lives(): readonly Life[] {
    return this.#lives.filter((life) => life !== undefined)
  }

  pick(): Life | undefined {
    return this.lives.length === 0 ? undefined : this.#parts.models.prng.pick(this.lives)
  }

  /** A socket that ends in any of the servers, and what silences it. */
  connect(
    url: string,
    protocol: string,
  ): { readonly socket: { readonly readyState: number }; readonly vanish: () => void } {
    const life = this.pick()
    if (life === undefined)
      return { socket: new DeadSocket(this.#parts.models.time), vanish: () => undefined }
    const socket = new life.memory.WebSocket(url, protocol)
    return { socket, vanish: () => life.network.vanish(socket) }
  }

  setLatency(latencyMs: number): void {
    this.#latencyMs = latencyMs
    for (const { network } of this.lives) network.setLatency(latencyMs)
  }

  /** A server dies: some clients learn of it at once, others not at all. */
  crash(): void {
    const { models, store, tell } = this.#parts
    const { prng, time } = models
    const index = prng.between(0, count - 1)
    const life = this.#lives[index]
    if (life === undefined) return
    tell(`server ${index} crashes`)
    life.alive = false
    this.#lives[index] = undefined
    store.gone(life.node, true)
    for (const socket of life.network.sockets) {
      if (prng.chance(0.7)) socket.cut()
      else life.network.vanish(socket)
    }
    time.after(prng.between(100, 15_000), () => this.#start(index))
  }

  /** A server is stopped as it should be, and comes back. */
  drain(): void {
    const { prng, time } = this.#parts.models
    const index = prng.between(0, count - 1)
    const life = this.#lives[index]
    if (life === undefined || life.isClosing) return
    this.#parts.tell(`server ${index} is drained`)
    life.isClosing = true
    const options = {
      drainMs: prng.pick([0, 2_000]),
      timeoutMs: 2_000,
      code: prng.pick([1001, 1012] as const),
    }
    void life.server.close(options).then(() => {
      if (!life.alive) return
      life.alive = false
      this.#lives[index] = undefined
      time.after(prng.between(10, 5_000), () => this.#start(index))
    })
  }

  /** Starts those that are down. */
  startAll(): void {
    for (let index = 0; index < count; index++) this.#start(index)
  }

  /** Ends all of them for good. */
  async close(): Promise<void> {
    await Promise.all(this.lives.map(({ server }) => server.close()))
  }

  #start(index: number): void {
    if (this.#lives[index] !== undefined) return
    const { models, store, tell } = this.#parts
    const { time, prng } = models
    const life = { alive: true, isClosing: false, guests: new Set() } as unknown as Life
    const isAlive = () => life.alive
    const log = (details: object, message: string) => tell(`log ${index}: ${message} ${describe(details)}`)
    const node = store.mount(isAlive, (session) => models.deliveries.remembered(life, session))
    const server = createServer(
      { town: townHandlers(models, life) },
      {
        engine: node,
        environment: { clock: time.clock(isAlive), random: prng },
        logger: { debug: log, info: log, warn: log, error: log },
        limits,
      },
    )
    const network = new SimNetwork(time, prng)
    network.setLatency(this.#latencyMs)
    const memory = new MemoryNetwork(server, {
      carry: (arrive, socket, direction) => network.carry(() => life.alive && arrive(), socket, direction),
    })
    this.#lives[index] = Object.assign(life, { server, memory, network, node })
    // Nobody comes by HTTP, but a server that could be reached so has opened its engine.
    void server.attach(new EventEmitter())
    tell(`server ${index} starts`)
  }
}
