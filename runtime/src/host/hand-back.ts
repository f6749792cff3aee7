import { type IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** Whoever takes plain requests. */
export interface RequestTaker {
  emit(event: 'request', request: IncomingMessage, response: ServerResponse): unknown
}

export function isTaker(source: { readonly emit?: unknown }): source is RequestTaker {
  return source.emit !== undefined
}

/**
 * Whether a client would be content with an answer to a plain request (RFC 9110, section 7.8): some offer HTTP/2 with
 * every request. Nobody can read a body any more that came with such an offer.
 */
export function isPlain({ headers }: IncomingMessage): boolean {
  const hasBody = Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined
  return headers.upgrade?.toLowerCase() !== 'websocket' && !hasBody
}

/**
 * Lets an HTTP server answer a request that wanted an upgrade as if it had not. Node has let go of the socket, which
 * ends with the answer.
 */
export function handBack(taker: RequestTaker, request: IncomingMessage, socket: Duplex): void {
  socket.on('error', () => undefined)
  const response = new ServerResponse(request)
  response.shouldKeepAlive = false
  response.assignSocket(socket as IncomingMessage['socket'])
  response.once('finish', () => socket.end())
  taker.emit('request', request, response)
}
