import type { Clock } from '@wirepact/protocol'
import { requireCloseArguments } from '../core/closing.js'
import { coreOf } from '../core/core-of.js'
import { FakeClock } from './fake-clock.js'
import { MemoryNetwork, type MemoryNetworkOptions } from './memory-network.js'

/** What a server of a test world is made with: hand it on to `createServer`. */
export interface WorldServerOptions {
  readonly environment: { readonly clock: Clock }
}

/** What a client of a test world is made with: hand it on to `createClient`. */
export interface WorldClientOptions extends WorldServerOptions {
  readonly WebSocket: MemoryNetwork['WebSocket']
}

export interface WaitOptions {
  /** How much of the world's time may pass. Default 10,000. */
  readonly withinMs?: number
}

/** Which connections, and how they end. */
export interface KickOptions {
  /** One connection, by its identifier. Default: all of them. */
  readonly connection?: string
  /** Default 1001, after which clients come back. */
  readonly code?: number
  readonly reason?: string
}

interface Closable {
  close(): unknown
}

/** How much time passes between two looks. */
const stepMs = 10
const defaultWithinMs = 10_000

/**
 * A server and its clients in one process, over a network without ports and on a clock that stands still.
 *
 * ```ts
 * const world = new TestWorld((options) => createServer({ chat }, options))
 * const client = world.client(createClient)
 * ```
 */
export class TestWorld<Server extends Closable> {
  readonly server: Server
  readonly network: MemoryNetwork
  readonly clock = new FakeClock()
  readonly #clients: Closable[] = []

  constructor(createServer: (options: WorldServerOptions) => Server, options?: MemoryNetworkOptions) {
    this.server = createServer({ environment: { clock: this.clock } })
    this.network = new MemoryNetwork(this.server, options)
  }

  /** A client of the server, by the generated `createClient` or by a function that calls it. */
  client<Client extends Closable>(
    createClient: (url: string, options: WorldClientOptions) => Client,
  ): Client {
    const { WebSocket } = this.network
    const client = createClient('ws://test', { WebSocket, environment: { clock: this.clock } })
    this.#clients.push(client)
    return client
  }

  /** Lets what is on its way arrive, without any time passing. */
  settle(): Promise<void> {
    return this.clock.settle()
  }

  /** Lets `byMs` milliseconds pass: pings, timeouts, reconnects and expiries happen at their moments. */
  advance(byMs: number): Promise<void> {
    return this.clock.advance(byMs)
  }

  /**
   * Lets time pass until `look` neither throws nor answers false, and answers what it answers. When it never does,
   * rejects with what `look` threw last.
   */
  async waitFor<Seen>(look: () => Seen, { withinMs = defaultWithinMs }: WaitOptions = {}): Promise<Seen> {
    for (let passedMs = 0; ; passedMs += stepMs) {
      await this.#step(passedMs === 0 ? 0 : stepMs)
      try {
        const seen = look()
        if (seen !== false) return seen
        if (passedMs >= withinMs) throw new Error(`It did not come about within ${withinMs} ms.`)
      } catch (error) {
        if (passedMs >= withinMs) throw error
      }
    }
  }

  /** Lets time pass until a promise settles: `await world.answer(chat.rename({ name }))`. */
  async answer<Result>(promise: Promise<Result>, options: WaitOptions = {}): Promise<Result> {
    let isSettled = false
    const note = () => {
      isSettled = true
    }
    promise.then(note, note)
    await this.waitFor(() => isSettled, options)
    return promise
  }

  /** Closes connections from the server's side. Throws `INVALID_CLOSE`. For a broken cable: `network.cut()`. */
  kick({ connection, code = 1001, reason = '' }: KickOptions = {}): void {
    requireCloseArguments(code, reason)
    for (const one of [...coreOf(this.server).connections])
      if (connection === undefined || one.id === connection) one.end(code, reason)
  }

  /** Ends everything; for after each test. */
  async close(): Promise<void> {
    for (const client of this.#clients.splice(0)) client.close()
    await this.answer(Promise.resolve(this.server.close()), { withinMs: 60_000 })
  }

  /** What really takes its time, such as a file that a handler reads, is given some, too. */
  async #step(byMs: number): Promise<void> {
    await this.clock.advance(byMs)
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
}
