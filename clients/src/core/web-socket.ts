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
 * Called with the list of subprotocols, which is empty for a bare route that has none. Where a connection has headers to send, which no browser can, `options` is `{ headers }`, as `ws` takes it.
 */
export type WebSocketConstructor = new (url: string, protocols: never, options?: never) => WebSocketLike
