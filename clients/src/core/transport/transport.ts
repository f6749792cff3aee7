/** What a socket tells; nothing any more after `closed` or `failed`. */
export interface SocketListener {
  opened(): void
  /** A whole message: text as a string, an `ArrayBuffer` or a view for binary. */
  received(data: unknown): void
  /** `problem` says why, where the platform tells. */
  closed(code: number, reason: string, problem?: string): void
  /** There is no socket, and trying again would not give one. */
  failed(thrown: unknown): void
}

/** One attempt to hold a conversation, from its start to its end. */
export interface Socket {
  /** Called only between `opened` and `closed`. */
  send(message: string | Uint8Array): void
  /** What was given to `send` and has not left yet. */
  bufferedBytes(): number
  /** Ends it in whatever state it is. `code` is 1000 or one of 3000–4999. */
  close(code: number, reason: string): void
}

/** What a socket says of itself when it opens. */
export interface SocketOffer {
  /** Subprotocols in the order of preference; may be empty. */
  readonly protocols: readonly string[]
  /** Headers of the opening handshake, where the platform can send any. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** Where sockets come from. */
export interface Transport {
  /** MUST NOT call the listener before it has returned. */
  open(url: string, listener: SocketListener, offer: SocketOffer): Socket
}
