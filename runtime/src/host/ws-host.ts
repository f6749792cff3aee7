import { type Server as HttpServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { WirepactError } from '@wirepact/protocol'
import { WebSocketServer, type Server as WebSockets } from 'ws'
import type { Admission } from '../core/admission.js'
import type { Core } from '../core/core.js'
import type { RequestDetails } from '../types.js'
import { type Origins, requireHandshake, requireOrigin, toDetails } from './handshake.js'
import { HostWebSocket } from './host-web-socket.js'
import { toProblemResponse } from './problem.js'
import { WsTransport } from './ws-transport.js'

interface Upgrade {
  readonly request: IncomingMessage
  readonly socket: Duplex
  readonly head: Buffer
  readonly details: RequestDetails
}

/** The hosts that share an HTTP server. */
const attached = new WeakMap<HttpServer, Set<WsHost>>()

/** Brings HTTP upgrades to the core, on `ws`. It knows HTTP and sockets; it does not know what a frame means. */
export class WsHost {
  readonly #core: Core
  readonly #origins: Origins
  readonly #webSockets: WebSockets<typeof HostWebSocket>
  /** What was chosen for each upgrade. */
  readonly #subprotocols = new WeakMap<IncomingMessage, string>()
  readonly #detach = new Set<() => void>()

  constructor(core: Core, origins: Origins) {
    this.#core = core
    this.#origins = origins
    this.#webSockets = new WebSocketServer({
      noServer: true,
      WebSocket: HostWebSocket,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: core.limits.maxPayloadBytes,
      handleProtocols: (_offered, request) => this.#subprotocols.get(request) ?? false,
    })
  }

  /**
   * Takes the upgrades of an HTTP server whose path is a route. Paths that are none are left to other upgrade
   * listeners; when there is no other, they are refused with 404.
   */
  attach(httpServer: HttpServer): void {
    const listener = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const details = toDetails(request)
      if (this.#isForOthers(details.path, httpServer)) return
      void this.#upgrade({ request, socket, head, details })
    }
    const hosts = attached.get(httpServer) ?? new Set()
    attached.set(httpServer, hosts.add(this))
    httpServer.on('upgrade', listener)
    this.#detach.add(() => {
      hosts.delete(this)
      httpServer.off('upgrade', listener)
    })
  }

  /** Answers a request that is no upgrade: 426 at a route, 404 elsewhere. */
  respond(request: IncomingMessage, response: ServerResponse): void {
    const { status, headers, body } = toProblemResponse(this.#explainRequest(request))
    response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body)
  }

  /** Takes no more upgrades. */
  close(): void {
    for (const detach of this.#detach) detach()
    this.#detach.clear()
  }

  /**
   * Of several servers the first that has the route takes it. Where nobody has it and nobody else listens, the
   * first of all refuses it.
   */
  #isForOthers(path: string, httpServer: HttpServer): boolean {
    const listeners = httpServer.listenerCount('upgrade')
    if (listeners === 1) return false
    const hosts = [...(attached.get(httpServer) ?? [])]
    const owner = hosts.find((host) => host.#hasRoute(path))
    if (owner !== undefined) return owner !== this
    return listeners > hosts.length || hosts[0] !== this
  }

  /** A path that is broken belongs to no route. */
  #hasRoute(path: string): boolean {
    try {
      return this.#core.findRoute(path) !== undefined
    } catch {
      return false
    }
  }

  #explainRequest(request: IncomingMessage): unknown {
    try {
      if (this.#core.findRoute(toDetails(request).path) === undefined) {
        return new WirepactError('ROUTE_NOT_FOUND', 'There is no route at this path.')
      }
      if (request.method !== 'GET')
        return new WirepactError('METHOD_NOT_ALLOWED', 'A WebSocket is opened with GET.')
      return new WirepactError('UPGRADE_REQUIRED', 'This route speaks WebSocket alone.')
    } catch (error) {
      return error
    }
  }

  async #upgrade(upgrade: Upgrade): Promise<void> {
    const { request, socket, details } = upgrade
    const ignore = () => undefined
    socket.on('error', ignore)
    try {
      const admission = await this.#admit(request, details)
      if (socket.destroyed) return
      this.#accept(upgrade, admission)
      socket.off('error', ignore)
    } catch (error) {
      this.#refuse(upgrade, error)
    }
  }

  /** The route comes first, so that a path that is none is 404 whatever else is wrong. */
  async #admit(request: IncomingMessage, details: RequestDetails): Promise<Admission> {
    if (this.#core.findRoute(details.path) === undefined) {
      throw new WirepactError('ROUTE_NOT_FOUND', 'There is no route at this path.')
    }
    requireHandshake(request)
    requireOrigin(details, request.headers.host, this.#origins)
    return this.#core.admit(details)
  }

  #accept({ request, socket, head }: Upgrade, admission: Admission): void {
    if (admission.subprotocol !== undefined) this.#subprotocols.set(request, admission.subprotocol)
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      const transport = new WsTransport(webSocket, socket)
      const connection = this.#core.accept(admission, transport)
      transport.listen(connection, (error) => {
        this.#core.environment.logger.debug({ error, connection: connection.id }, 'A connection failed.')
      })
    })
  }

  #refuse({ socket, details }: Upgrade, error: unknown): void {
    const { code } = WirepactError.from(error)
    this.#core.observer?.refused?.({ code, path: details.path })
    if (!(error instanceof WirepactError)) {
      this.#core.environment.logger.error({ error }, 'A connection could not be admitted.')
    }
    const { status, headers, body } = toProblemResponse(error)
    const lines = Object.entries({ ...headers, connection: 'close' }).map(
      ([name, value]) => `${name}: ${value}`,
    )
    socket.once('finish', () => socket.destroy())
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
  }
}
