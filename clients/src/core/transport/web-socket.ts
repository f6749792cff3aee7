import type { MaybePromise } from '@wirepact/protocol'
import type { Socket, SocketListener, Transport } from './transport.js'

/** What the client uses of a WebSocket: the platform's own, that of `ws`, or another with the same face. */
export interface WebSocketLike {
  readonly readyState: number
  readonly bufferedAmount: number
  /** Set to `arraybuffer`. */
  binaryType: string
  onopen: ((event: never) => unknown) | null
  onmessage: ((event: never) => unknown) | null
  onerror: ((event: never) => unknown) | null
  onclose: ((event: never) => unknown) | null
  send(message: string | Uint8Array<ArrayBuffer>): void
  close(code?: number, reason?: string): void
}

/**
 * Called with one subprotocol as a string, or, for a route that has some of its own, with a list. Where a connection
 * has headers to send, which no browser can, `options` is `{ headers }`, as `ws` takes it.
 */
export type WebSocketConstructor = new (url: string, protocols: never, options?: never) => WebSocketLike

/** Sockets by a WebSocket class; `find` is asked for it once per socket. */
export function webSocketTransport(find: () => MaybePromise<WebSocketConstructor>): Transport {
  return {
    open(url, listener, { protocols, headers }) {
      const offered = protocols.length > 1 ? protocols : protocols[0]
      const target = [url, offered, ...(headers ? [{ headers }] : [])]
      return new PlatformSocket(find, target as ConstructorParameters<WebSocketConstructor>, listener)
    },
  }
}

class PlatformSocket implements Socket {
  #socket: WebSocketLike | undefined
  #closed = false

  constructor(
    find: () => MaybePromise<WebSocketConstructor>,
    target: ConstructorParameters<WebSocketConstructor>,
    listener: SocketListener,
  ) {
    Promise.resolve()
      .then(find)
      .then((WebSocket) => {
        if (!this.#closed) this.#attach(new WebSocket(...target), listener)
      })
      .catch((thrown) => listener.failed(thrown))
  }

  /** The handlers stay after the end: `ws` throws an error that nobody hears. */
  #attach(socket: WebSocketLike, listener: SocketListener): void {
    let problem: string | undefined
    this.#socket = socket
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => listener.opened()
    socket.onmessage = (event: { data: unknown }) => listener.received(event.data)
    socket.onerror = (event: { message?: string }) => {
      problem = event.message
    }
    socket.onclose = (event: { code: number; reason: string }) =>
      listener.closed(event.code, event.reason, problem)
  }

  send(message: string | Uint8Array): void {
    this.#socket?.send(message as string | Uint8Array<ArrayBuffer>)
  }

  bufferedBytes(): number {
    return this.#socket?.bufferedAmount ?? 0
  }

  close(code: number, reason: string): void {
    this.#closed = true
    this.#socket?.close(code, reason)
  }
}
