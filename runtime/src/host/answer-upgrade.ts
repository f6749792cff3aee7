import { hash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

/** What an upgrade is answered with beside what the handshake itself says. */
export interface UpgradeAnswer {
  readonly subprotocol: string | undefined
  /** By name; a name with several values has a line for each. */
  readonly headers: ReadonlyMap<string, readonly string[]>
}

/** Shows that the server knows the protocol (RFC 6455, section 1.3). */
const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/**
 * Says yes to a handshake whose form was looked at already (RFC 6455, section 4.2.2), without extensions. False when
 * the client has gone meanwhile, or says no more.
 */
export function answerUpgrade(request: IncomingMessage, socket: Duplex, answer: UpgradeAnswer): boolean {
  if (!socket.readable || !socket.writable) {
    socket.destroy()
    return false
  }
  const { subprotocol, headers } = answer
  const accept = hash('sha1', `${request.headers['sec-websocket-key']}${guid}`, 'base64')
  let head = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n`
  if (subprotocol !== undefined) head += `Sec-WebSocket-Protocol: ${subprotocol}\r\n`
  for (const [name, values] of headers) for (const value of values) head += `${name}: ${value}\r\n`
  socket.write(`${head}\r\n`)
  return true
}
