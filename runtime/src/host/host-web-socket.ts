import type { Duplex } from 'node:stream'
import { type ServerOptions, WebSocket } from 'ws'

/**
 * What `ws` makes of an upgrade that it has answered. Only where compression was agreed on does it go on reading and
 * writing; everywhere else the socket is free for `SocketTransport`, and nothing is set up that would not be used.
 */
export class HostWebSocket extends WebSocket {
  /** Called before every close frame: what is queued elsewhere has to go first (RFC 6455, section 5.5.1). */
  closing: (() => void) | undefined

  override close(code?: number, reason?: string | Buffer): void {
    this.closing?.()
    super.close(code, reason)
  }

  /** `ws` calls this when its answer is written. */
  setSocket(socket: Duplex, head: Buffer, options: ServerOptions): void {
    if (this.extensions !== '') takeSocket.call(this, socket, head, options)
  }
}

type TakeSocket = (this: WebSocket, ...taken: [Duplex, Buffer, ServerOptions]) => void

/** The types of `ws` leave it out. */
const { setSocket: takeSocket } = WebSocket.prototype as unknown as { readonly setSocket: TakeSocket }
