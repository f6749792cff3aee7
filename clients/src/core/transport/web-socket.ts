import type { MaybePromise } from '@wirepact/protocol'
import type { Transport } from './transport.js'

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
      let socket: WebSocketLike | undefined
      let isClosed = false
      const open = async () => {
        const WebSocket = await find()
        if (isClosed) return
        const offered = protocols.length > 1 ? protocols : protocols[0]
        socket = new WebSocket(url, ...([offered, ...(headers ? [{ headers }] : [])] as [never]))
        let problem: string | undefined
        socket.binaryType = 'arraybuffer'
        socket.onopen = () => listener.opened()
        socket.onmessage = (event: { data: unknown }) => listener.received(event.data)
        // The handlers stay after the end: `ws` throws an error that nobody hears.
        socket.onerror = (event: { message?: string }) => {
          problem = event.message
        }
        socket.onclose = ({ code, reason }: { code: number; reason: string }) =>
          listener.closed(code, reason, problem)
      }
      open().catch((thrown) => listener.failed(thrown))
      return {
        send: (message) => socket?.send(message as string),
        bufferedBytes: () => socket?.bufferedAmount ?? 0,
        close(code, reason) {
          isClosed = true
          socket?.close(code, reason)
        },
      }
    },
  }
}
