import { coreOf } from '../core/core-of.js'
import { MemorySocket } from './memory-socket.js'

/** Which way something goes over a {@link MemoryNetwork}. */
export type MemoryDirection = 'to-server' | 'to-client'

/** What the connections of a {@link MemoryNetwork} present, and how they carry what is sent. */
export interface MemoryNetworkOptions {
  /** Header names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
  /** Default `127.0.0.1`. */
  readonly remoteAddress?: string
  /**
   * Calls `arrive` when something that was sent over `socket` arrives: at any later moment, or never, but for
   * one socket and direction in the order of the calls. Default: as soon as the code that sent it has returned.
   */
  readonly carry?: (arrive: () => void, socket: MemorySocket, direction: MemoryDirection) => void
}

/**
 * A network of this process alone, between one server and its clients: no port, no socket, and faults on
 * demand. Everything else is real.
 *
 * ```ts
 * const network = new MemoryNetwork(server)
 * const client = createClient('ws://test', { WebSocket: network.WebSocket })
 * ```
 */
export class MemoryNetwork {
  /** A WebSocket class whose sockets end in the server, whatever host their URL names. */
  readonly WebSocket: new (
    url: string | URL,
    protocols?: string | readonly string[],
  ) => MemorySocket
  /** While true, no new connection comes about. */
  offline = false
  readonly #sockets = new Set<MemorySocket>()

  /** `server` is what `createServer` has made; it need not listen. */
  constructor(server: object, options: MemoryNetworkOptions = {}) {
    const core = coreOf(server)
    const sockets = this.#sockets
    const isOffline = () => this.offline
    this.WebSocket = class extends MemorySocket {
      constructor(url: string | URL, protocols?: string | readonly string[]) {
        super({ core, url: new URL(url), protocols, options, isOffline, ended: () => sockets.delete(this) })
        sockets.add(this)
      }
    }
  }

  /** How many connections there are. */
  get connections(): number {
    return this.#sockets.size
  }

  /** Breaks every connection, as if a cable were pulled: both ends see 1006. */
  cut(): void {
    for (const socket of [...this.#sockets]) socket.cut()
  }
}
