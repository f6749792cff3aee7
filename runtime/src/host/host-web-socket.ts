import { WebSocket } from 'ws'

/**
 * A `ws` socket that says when its close frame is about to go out, whoever begins to close: nothing may follow it
 * (RFC 6455, section 5.5.1), so what is queued elsewhere has to go first.
 */
export class HostWebSocket extends WebSocket {
  /** Called before every close frame. */
  closing: (() => void) | undefined

  override close(code?: number, reason?: string | Buffer): void {
    this.closing?.()
    super.close(code, reason)
  }
}
