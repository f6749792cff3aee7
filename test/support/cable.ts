import type { ClientOptions } from '@wirepact/client'
import WebSocket from 'ws'

/** Nobody listens here. */
const nowhere = 'ws://127.0.0.1:9'

/** The network between some clients and a server: it can be cut, held up and pulled out. The sockets are real. */
export class Cable {
  readonly #sockets = new Set<WebSocket>()
  #isPulled = false

  /** For the clients that this cable connects: they come back at once. */
  get options(): ClientOptions {
    return { WebSocket: this.#socketClass(), reconnect: { minDelayMs: 20, maxDelayMs: 50 } }
  }

  /** Breaks every connection, with what was on its way and not read; new ones come about. */
  cut(): void {
    for (const socket of this.#sockets) {
      socket.removeAllListeners('message')
      socket.terminate()
    }
  }

  /** Breaks every connection, and lets no new one come about until it is plugged in. */
  pull(): void {
    this.#isPulled = true
    this.cut()
  }

  plug(): void {
    this.#isPulled = false
  }

  /** Nothing is read any more: what is sent piles up on the way. */
  hold(): void {
    for (const socket of this.#sockets) socket.pause()
  }

  release(): void {
    for (const socket of this.#sockets) socket.resume()
  }

  #socketClass(): NonNullable<ClientOptions['WebSocket']> {
    const sockets = this.#sockets
    const isPulled = () => this.#isPulled
    return class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[], options?: object) {
        super(isPulled() ? nowhere : url, protocols, options)
        sockets.add(this)
        this.once('close', () => sockets.delete(this))
      }
    }
  }
}
