import { type MaybePromise, SUBPROTOCOL } from '@wirepact/protocol'
import type { Socket, SocketListener, Transport } from './transport.js'

/** What the client uses of a WebSocket: the platform's own, that of `ws`, or another with the same face. */
export interface WebSocketLike {
  readonly readyState: number
  readonly bufferedAmount: number
  onopen: ((event: never) => unknown) | null
  onmessage: ((event: never) => unknown) | null
  onerror: ((event: never) => unknown) | null
  onclose: ((event: never) => unknown) | null
  send(text: string): void
  close(code?: number, reason?: string): void
}

export type WebSocketConstructor = new (url: string, protocol: string) => WebSocketLike

/** Sockets by a WebSocket class; `find` is asked for it once per socket. */
export function webSocketTransport(find: () => MaybePromise<WebSocketConstructor>): Transport {
  return { open: (url, listener) => new PlatformSocket(find, url, listener) }
}

class PlatformSocket implements Socket {
  #socket: WebSocketLike | undefined
  #closed = false

  constructor(find: () => MaybePromise<WebSocketConstructor>, url: string, listener: SocketListener) {
    Promise.resolve()
      .then(find)
      .then((WebSocket) => {
        if (!this.#closed) this.#attach(new WebSocket(url, SUBPROTOCOL), listener)
      })
      .catch((thrown) => listener.failed(thrown))
  }

  /** The handlers stay after the end: `ws` throws an error that nobody hears. */
  #attach(socket: WebSocketLike, listener: SocketListener): void {
    let problem: string | undefined
    this.#socket = socket
    socket.onopen = () => listener.opened()
    socket.onmessage = (event: { data: unknown }) => listener.received(event.data)
    socket.onerror = (event: { message?: string }) => {
      problem = event.message
    }
    socket.onclose = (event: { code: number; reason: string }) =>
      listener.closed(event.code, event.reason, problem)
  }

  send(text: string): void {
    this.#socket?.send(text)
  }

  bufferedBytes(): number {
    return this.#socket?.bufferedAmount ?? 0
  }

  close(code: number, reason: string): void {
    this.#closed = true
    this.#socket?.close(code, reason)
  }
}
