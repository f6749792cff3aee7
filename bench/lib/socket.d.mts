/** A WebSocket of the load generator; see `socket.mjs`. */
export interface Socket {
  destroy(): void
}
