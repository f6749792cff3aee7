import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { toWirepactError, WirepactError } from '@wirepact/protocol'
import { WebSocketServer, type Server as WebSockets } from 'ws'
import { type Admission, selectSubprotocol } from '../core/admission.js'
import type { Core } from '../core/core.js'
import type { RouteMatch } from '../core/router.js'
import { CloseTerms, readTerms } from '../core/terms.js'
import type { Receiver, Transport } from '../core/transport.js'
import type { RequestDetails } from '../types.js'
import { answerUpgrade, type UpgradeAnswer } from './answer-upgrade.js'
import { type Compression, type Deflater, mayDeflate } from './compression.js'
import { Departure } from './departure.js'
import { createOriginations, type Origination, type TrustProxy } from './forwarded.js'
import { handBack } from './hand-back.js'
import { type Origins, requireHandshake, requireOrigin, toDetails, toPath } from './handshake.js'
import { HostWebSocket } from './host-web-socket.js'
import { toProblemResponse, toRefusal } from './problem.js'
import { SocketTransport } from './socket-transport.js'
import { WsTransport } from './ws-transport.js'

/** What a host is told beside its core. */
export interface WsHostOptions {
  readonly origins: Origins
  readonly trustProxy: TrustProxy
  /** Undefined for none. */
  readonly compression: Compression | undefined
}

interface Upgrade {
  readonly request: IncomingMessage
  readonly socket: Duplex
  readonly head: Buffer
}

/** What is known of an upgrade while it is answered. */
interface Answer extends UpgradeAnswer {
  /** What was agreed on; undefined for no compression. */
  deflater: Deflater | undefined
}

const none: ReadonlyMap<string, readonly string[]> = new Map()

interface HostTransport extends Transport {
  listen(receiver: Receiver, head: Buffer): void
}

/** The hosts that share an HTTP server. */
const attached = new WeakMap<object, Set<WsHost>>()

/** An HTTP server as far as upgrades go: `node:http`'s, `node:https`'s, and whatever passes theirs on. */
export interface UpgradeSource {
  on(event: 'upgrade', listener: UpgradeListener): unknown
  off(event: 'upgrade', listener: UpgradeListener): unknown
  listenerCount(event: 'upgrade'): number
  /** Without it, a request that offers another protocol than WebSocket is refused. */
  emit?(event: 'request', request: IncomingMessage, response: ServerResponse): unknown
}

export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/** Answers a request, or hands it on. */
export type RequestListener = (request: IncomingMessage, response: ServerResponse, next?: () => void) => void

/** Brings HTTP upgrades to the core, on `ws`. It knows HTTP and sockets; it does not know what a frame means. */
export class WsHost {
  readonly #core: Core
  readonly #options: WsHostOptions
  readonly #readOrigination: (request: IncomingMessage) => Origination
  readonly #webSockets: WebSockets<typeof HostWebSocket>
  readonly #answers = new WeakMap<IncomingMessage, Answer>()
  readonly #detach = new Set<() => void>()
  /** Those that were closed as soon as they were open. */
  readonly #turnedAway = new Set<Transport>()

  /** Throws a `RangeError` for proxies that are none. */
  constructor(core: Core, options: WsHostOptions) {
    this.#core = core
    this.#options = options
    this.#readOrigination = createOriginations(options.trustProxy)
    this.#webSockets = new WebSocketServer({
      noServer: true,
      WebSocket: HostWebSocket,
      clientTracking: false,
      perMessageDeflate: options.compression?.extension ?? false,
      maxPayload: core.limits.maxPayloadBytes,
      handleProtocols: (_offered, request) => this.#answers.get(request)?.subprotocol ?? false,
    })
    this.#webSockets.on('headers', (lines, request) => this.#addHeaders(lines, request))
    this.#webSockets.on('wsClientError', (_error, socket, request) => {
      const error = new WirepactError('INVALID_HANDSHAKE', 'The Sec-WebSocket headers are malformed.')
      this.#core.observer?.refused?.({ code: error.code, path: toPath(request.url ?? '/') })
      this.#refuse(socket, error)
    })
  }

  /**
   * Takes the upgrades of an HTTP server whose path is a route. Paths that are none are left to other upgrade
   * listeners; when there is no other, they are refused with 404, and offers of another protocol than WebSocket are
   * answered as plain requests. Attaching twice is attaching once.
   */
  attach(httpServer: UpgradeSource): void {
    const hosts = attached.get(httpServer) ?? new Set()
    if (hosts.has(this)) return
    const listener = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const found = this.#look(toPath(request.url ?? '/'))
      if (this.#isForOthers(found, request, httpServer)) return
      if (!isRoute(found) && handBack(httpServer, { request, socket, head })) return
      void this.#upgrade({ request, socket, head }, found)
    }
    attached.set(httpServer, hosts.add(this))
    httpServer.on('upgrade', listener)
    this.#detach.add(() => {
      hosts.delete(this)
      httpServer.off('upgrade', listener)
    })
  }

  /** Answers a request that is no upgrade: 426 or 405 at a route. Others go to `next`; without one they are 404. */
  respond(request: IncomingMessage, response: ServerResponse, next?: () => void): void {
    const refusal = this.#explainRequest(request)
    if (next !== undefined && elsewhere.has(refusal.code)) return next()
    const { status, headers, body } = toProblemResponse(refusal)
    response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body)
  }

  /** Takes no more upgrades. */
  close(): void {
    for (const detach of this.#detach) detach()
    this.#detach.clear()
    for (const transport of this.#turnedAway) transport.terminate()
  }

  /**
   * Of several servers the first that has the route takes it. Where nobody has it and nobody else listens, the
   * first of all refuses it.
   */
  #isForOthers(found: Found, { url = '/' }: IncomingMessage, httpServer: UpgradeSource): boolean {
    const listeners = httpServer.listenerCount('upgrade')
    if (listeners === 1) return false
    const hosts = [...(attached.get(httpServer) ?? [])]
    const path = toPath(url)
    const owner = hosts.find((host) => isRoute(host === this ? found : host.#look(path)))
    if (owner !== undefined) return owner !== this
    return listeners > hosts.length || hosts[0] !== this
  }

  /** The route of a path, or why there can be none. */
  #look(path: string): Found {
    try {
      return this.#core.match(path)
    } catch (error) {
      return toWirepactError(error)
    }
  }

  #explainRequest(request: IncomingMessage): WirepactError {
    const found = this.#look(toPath(request.url ?? '/'))
    if (found instanceof WirepactError) return found
    if (found === undefined) return notFound()
    if (request.method !== 'GET')
      return new WirepactError('METHOD_NOT_ALLOWED', 'A WebSocket is opened with GET.')
    return new WirepactError('UPGRADE_REQUIRED', 'This route speaks WebSocket alone.')
  }

  async #upgrade(upgrade: Upgrade, found: Found): Promise<void> {
    const { request, socket } = upgrade
    const ignore = () => undefined
    socket.on('error', ignore)
    // Where nobody has to be asked it is decided at once.
    const departure = isAsked(found) ? new Departure(socket) : undefined
    try {
      const admission = await this.#admit(request, found, departure?.signal)
      departure?.stop()
      if (socket.destroyed) return admission.seat.release()
      this.#accept(upgrade, admission)
    } catch (error) {
      departure?.stop()
      this.#turnAway(upgrade, found, error)
    }
    socket.off('error', ignore)
  }

  /** The route comes first, so that a path that is none is 404 whatever else is wrong. */
  async #admit(request: IncomingMessage, found: Found, gone: AbortSignal | undefined): Promise<Admission> {
    if (found instanceof WirepactError) throw found
    if (found === undefined) throw notFound()
    requireHandshake(request)
    const details: RequestDetails = toDetails(request, this.#readOrigination(request))
    requireOrigin(details, this.#options.origins)
    return this.#core.admit(details, found, gone)
  }

  /** From here on the connection keeps what it needs of the upgrade, and nothing that it keeps holds on to the rest. */
  #accept(upgrade: Upgrade, admission: Admission): void {
    const { subprotocol, upgrade: said } = admission
    const answer: Answer = { subprotocol, headers: said?.responseHeaders ?? none, deflater: undefined }
    let isAccepted = false
    try {
      const transport = this.#complete(upgrade, answer)
      transport?.listen(this.#core.accept(admission, transport), upgrade.head)
      isAccepted = transport !== undefined
    } finally {
      if (!isAccepted) admission.seat.release()
    }
  }

  /** Answers the upgrade. Undefined when its socket takes no answer any more, or was told that it asks wrongly. */
  #complete(upgrade: Upgrade, answer: Answer): HostTransport | undefined {
    const { request, socket } = upgrade
    if (this.#options.compression !== undefined && request.headers['sec-websocket-extensions'] !== undefined)
      return this.#negotiate(upgrade, answer)
    if (!answerUpgrade(request, socket, answer)) return undefined
    return new SocketTransport(socket as Socket, this.#core.limits.maxPayloadBytes)
  }

  /** `ws` agrees on compression, at once, and keeps the connections that compress; with the others it is done. */
  #negotiate({ request, socket, head }: Upgrade, answer: Answer): HostTransport | undefined {
    let transport: HostTransport | undefined
    this.#answers.set(request, answer)
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      transport =
        webSocket.extensions === ''
          ? new SocketTransport(socket as Socket, this.#core.limits.maxPayloadBytes)
          : new WsTransport(webSocket, socket, answer.deflater)
    })
    return transport
  }

  /** Adds what middleware has set, and reads what was agreed on about compression. */
  #addHeaders(lines: string[], request: IncomingMessage): void {
    const answer = this.#answers.get(request)
    if (answer === undefined) return
    const { compression } = this.#options
    if (compression !== undefined && mayDeflate(lines)) answer.deflater = compression.deflater
    for (const [name, values] of answer.headers) for (const value of values) lines.push(`${name}: ${value}`)
  }

  /** Refuses over HTTP, or, where the server's own code wants a close code, by an upgrade that is closed at once. */
  #turnAway(upgrade: Upgrade, found: Found, thrown: unknown): void {
    const error = toRefusal(thrown)
    if (error !== thrown)
      this.#core.environment.logger.error({ error: thrown }, 'A connection could not be admitted.')
    this.#core.observer?.refused?.({ code: error.code, path: toPath(upgrade.request.url ?? '/') })
    const terms = readTerms(error)
    if (!(terms instanceof CloseTerms) || upgrade.socket.destroyed) return this.#refuse(upgrade.socket, error)
    // A client that offers a subprotocol and is answered with none does not see the close code.
    const subprotocol = selectFor(found, upgrade.request)
    const transport = this.#complete(upgrade, { subprotocol, headers: none, deflater: undefined })
    if (transport === undefined) return
    this.#turnedAway.add(transport)
    const ignore = () => undefined
    const closed = () => void this.#turnedAway.delete(transport)
    transport.listen({ text: ignore, binary: ignore, pong: ignore, failed: ignore, closed }, upgrade.head)
    transport.close(terms.close, terms.reason)
  }

  #refuse(socket: Duplex, error: unknown): void {
    const { status, headers, body } = toProblemResponse(error)
    const lines = Object.entries({ ...headers, connection: 'close' }).map(
      ([name, value]) => `${name}: ${value}`,
    )
    socket.on('error', () => undefined)
    socket.once('finish', () => socket.destroy())
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
  }
}

/** What is refused because of the path is not ours to answer where there is somebody else. */
const elsewhere: ReadonlySet<string> = new Set(['ROUTE_NOT_FOUND', 'INVALID_PATH'])

/** What there is at a path: a route, nothing, or a path that is broken. */
type Found = RouteMatch | WirepactError | undefined

/** A path that is broken belongs to no route. */
function isRoute(found: Found): boolean {
  return found !== undefined && !(found instanceof WirepactError)
}

/** Whether there is middleware to be asked. */
function isAsked(found: Found): boolean {
  return found !== undefined && !(found instanceof WirepactError) && found.route.stages.upgrade.length > 0
}

function selectFor(found: Found, { headers }: IncomingMessage): string | undefined {
  if (found === undefined || found instanceof WirepactError) return undefined
  return selectSubprotocol(found.route.definition, headers)
}

function notFound(): WirepactError {
  return new WirepactError('ROUTE_NOT_FOUND', 'There is no route at this path.')
}
