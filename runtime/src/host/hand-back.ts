import { Server as HttpServer, type IncomingMessage, ServerResponse } from 'node:http'
import { Server as HttpsServer } from 'node:https'
import type { Duplex } from 'node:stream'

/** A request that wanted an upgrade, with what was read of its socket beyond its head. */
export interface Offer {
  readonly request: IncomingMessage
  readonly socket: Duplex
  readonly head: Buffer
}

/** Whoever takes plain requests. */
interface RequestTaker {
  emit(event: 'request', request: IncomingMessage, response: ServerResponse): unknown
}

/** What is about the offer itself, and must not be read again. */
const ofTheOffer: ReadonlySet<string> = new Set(['connection', 'upgrade', 'http2-settings'])

/**
 * Lets an HTTP server answer a request that wanted an upgrade as if it had not, when its client would be content with
 * that (RFC 9110, section 7.8): some offer HTTP/2 with every request. False when that cannot be. Node has let go of the
 * socket, which ends with the answer.
 */
export function handBack(source: object, offer: Offer): boolean {
  const { headers } = offer.request
  if (headers.upgrade?.toLowerCase() === 'websocket') return false
  if (hasBody(offer.request)) return isHttpServer(source) && readAgain(source, offer)
  return isTaker(source) && answerPlain(source, offer)
}

function hasBody({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined
}

function isTaker(source: object): source is RequestTaker {
  return 'emit' in source
}

function isHttpServer(source: object): source is HttpServer | HttpsServer {
  return source instanceof HttpServer || source instanceof HttpsServer
}

function answerPlain(taker: RequestTaker, { request, socket }: Offer): true {
  socket.on('error', () => undefined)
  const response = new ServerResponse(request)
  response.shouldKeepAlive = false
  response.assignSocket(socket as IncomingMessage['socket'])
  response.once('finish', () => socket.end())
  taker.emit('request', request, response)
  return true
}

/**
 * Node reads no body of a request that wants an upgrade. So the server is given the socket anew, with the head before
 * the body again, and without the offer.
 */
function readAgain(server: HttpServer | HttpsServer, { request, socket, head }: Offer): true {
  const { method, url, httpVersion, rawHeaders } = request
  let text = `${method} ${url} HTTP/${httpVersion}\r\nConnection: close\r\n`
  for (const [index, name] of rawHeaders.entries()) {
    const isName = index % 2 === 0 && !ofTheOffer.has(name.toLowerCase())
    if (isName) text += `${name}: ${rawHeaders[index + 1]}\r\n`
  }
  socket.unshift(Buffer.concat([Buffer.from(`${text}\r\n`, 'latin1'), head]))
  server.emit(server instanceof HttpsServer ? 'secureConnection' : 'connection', socket)
  return true
}
