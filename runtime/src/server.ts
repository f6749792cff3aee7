import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { closeCodes, WirepactError } from '@wirepact/protocol'
import { requireCloseArguments } from './core/closing.js'
import { Core } from './core/core.js'
import { noteCore } from './core/core-of.js'
import type { Counters } from './core/counters.js'
import type { Environment, Logger } from './core/environment.js'
import { type Limits, toLimits } from './core/limits.js'
import { createLogger } from './core/logging.js'
import type { Observer } from './core/observer.js'
import { revoke } from './core/reach/revoke.js'
import type { Explanation, Mount } from './core/router.js'
import { addMiddleware } from './core/stages.js'
import type { ApiDefinition } from './definition.js'
import type { Engine } from './engine/engine.js'
import { memoryEngine } from './engine/memory.js'
import { type Health, HealthCheck, type HealthOptions } from './health/health.js'
import { createHealthListener, type HealthListener, type HealthListenerOptions } from './health/listener.js'
import { type CompressionOptions, createCompression } from './host/compression.js'
import type { TrustProxy } from './host/forwarded.js'
import type { Origins } from './host/handshake.js'
import { consoleLogger, systemClock, systemRandom } from './host/system.js'
import { type RequestListener, type UpgradeSource, WsHost } from './host/ws-host.js'
import type { Middleware, MiddlewareScope, UpgradeMiddleware } from './middleware/middleware.js'
import { createRouteAccess } from './route-access.js'
import {
  type CloseAllOptions,
  type CloseOptions,
  defaultTimeoutMs,
  requireDurations,
  toWindow,
} from './stopping.js'
import type { App, ConnectionTarget, RevokeOptions, SessionTarget, UserTarget } from './types.js'

export interface ServerOptions {
  /** Where history, presence and sessions live. Default: this process's memory. */
  readonly engine?: Engine
  /** What the handlers of all connections share, as `ctx.app`; see {@link App}. Default: an empty object. */
  readonly state?: App
  /** Which pages may connect. Default `same`: those that this host itself served, and clients that are no browser. */
  readonly origins?: Origins
  /**
   * Whose word is taken for who the client is and what it asked for: `ctx.request.remote`, `host`, `port` and
   * `protocol`. Default `false`: nobody's but the socket's.
   */
  readonly trustProxy?: TrustProxy
  /** Whether messages are compressed for clients that can read it. Default `false`. */
  readonly compression?: boolean | CompressionOptions
  /** Where the API is mounted, when that is not where its schema says. */
  readonly mount?: Mount
  /** Limits that differ from the defaults. */
  readonly limits?: Partial<Limits>
  /**
   * Whether what the server sends is checked against the schema. Default `development`: unless `NODE_ENV` is
   * `production`.
   */
  readonly validateOutput?: 'always' | 'development' | 'never'
  /** Any pino-like logger. Default: warnings and errors on the console. */
  readonly logger?: Logger
  /** Who is told what the server does: metrics, traces, logs. Default nobody. */
  readonly observers?: readonly Observer[]
  /**
   * Serves health on the port that the server listens on by itself: `/healthz` and `/readyz`, or the paths given.
   * Default: not at all. On another HTTP server, mount `server.healthListener()`.
   */
  readonly health?: boolean | HealthListenerOptions
  /** A clock, chance or logger of one's own, for tests and simulations. */
  readonly environment?: Partial<Environment>
}

/** The options of `createServer`: they can be left out as long as nothing has been added to {@link App}. */
export type ServerArguments = object extends App
  ? [options?: ServerOptions]
  : [options: ServerOptions & { readonly state: App }]

export interface ListenOptions {
  /** Default 0: any free port. */
  readonly port?: number
  /** Default: all interfaces. */
  readonly host?: string
}

/** A running API. `Routes` is what the generator knows about its routes. */
export interface ApiServer<Routes extends object> {
  /** What can be done outside of a connection, by route: publish to channels, read their members and history. */
  readonly routes: Routes
  /**
   * Takes access back from a connection, a session, or whoever has the user at this moment or is being let in as this
   * user, on every node: the connections are closed with 4502, which clients do not come back from by themselves, and
   * the sessions cannot be gone on with. Resolves with how many connections ended on this node, when the engine has told
   * the others. A client that begins anew is for the `connect` handler to refuse, a grant on an open connection for
   * whoever gives it. Throws `INVALID_CLOSE`, and a `TypeError` for nobody.
   */
  revoke(whom: ConnectionTarget | UserTarget | SessionTarget, options?: RevokeOptions): Promise<number>
  /** How many connections there are. */
  readonly connections: number
  /** What has happened since the server was made. */
  readonly counters: Counters
  /** Forgets the history of every channel, on every node; members are told that they have to begin anew. */
  clearHistory(): Promise<void>
  /** How the server is: whether the engine answers, whether it is closing, and how late the event loop is. */
  health(options?: HealthOptions): Promise<Health>
  /** Answers requests about health: for `http.createServer`, or to mount in Express and its like. */
  healthListener(options?: HealthListenerOptions): HealthListener
  /** Listens by itself, once. Rejects when the address is taken or the engine cannot be opened. */
  listen(options?: ListenOptions): Promise<{ readonly port: number; readonly host: string }>
  /** Takes the upgrades of an HTTP server that somebody else made; its other requests stay with it. */
  attach(httpServer: UpgradeSource): Promise<void>
  /**
   * Answers requests at a route that are no upgrade, 426 or 405, and hands all others on: to mount in Express and its
   * like, beside `attach`. A server that listens by itself does so anyway.
   */
  routeListener(): RequestListener
  /**
   * Puts a middleware between clients and handlers. Order is the order of adding, the first outermost; it holds for
   * connections, and for messages, that come afterwards. A function is the stage `upgrade`. Throws a `TypeError` for
   * what is no middleware, and for a scope that nothing is in.
   */
  use(middleware: Middleware | UpgradeMiddleware, scope?: MiddlewareScope<keyof Routes & string>): this
  /** What becomes of a path, and why: the routes in the order in which they are asked. */
  explain(path: string): Explanation
  /**
   * Lets nobody in any more, lets the handlers that run finish, says goodbye to every connection with a window to come
   * back in, and closes the engine: within `drainMs` and about twice `timeoutMs`. Closing twice is closing once.
   */
  close(options?: CloseOptions): Promise<void>
  /**
   * Closes every connection that there is now, and serves on. Resolves when they are gone. Throws `INVALID_CLOSE` for
   * a code or reason that must not go over the wire. Default 1001 without a reason.
   */
  closeAll(code?: number, reason?: string, options?: CloseAllOptions): Promise<void>
}

/**
 * Makes a server of what the generator wrote; generated code calls this. Throws a `TypeError` when an object of
 * handlers lacks one, and a `RangeError` for a limit that is none.
 */
export function createApiServer<Routes extends object>(
  definition: ApiDefinition,
  handlers: object,
  options: ServerOptions = {},
): ApiServer<Routes> {
  const environment = toEnvironment(options)
  const core = new Core({
    definition,
    handlers,
    mount: options.mount,
    // On the server's own time, so that what is kept for a while is forgotten in a test's time, too.
    engine: options.engine ?? memoryEngine({ clock: environment.clock }),
    limits: toLimits(options.limits),
    environment,
    validatesOutput: validatesOutput(options.validateOutput ?? 'development'),
    observers: options.observers ?? [],
    app: options.state ?? {},
  })
  return new RunningServer<Routes>(core, createHost(core, options), options.health)
}

function createHost(
  core: Core,
  { origins = 'same', trustProxy = false, compression }: ServerOptions,
): WsHost {
  return new WsHost(core, { origins, trustProxy, compression: createCompression(compression) })
}

function toEnvironment({ logger, environment }: ServerOptions): Environment {
  const chosen = createLogger(environment?.logger ?? logger ?? consoleLogger)
  return { clock: systemClock, random: systemRandom, ...environment, logger: chosen }
}

function validatesOutput(when: 'always' | 'development' | 'never'): boolean {
  return when === 'always' || (when === 'development' && process.env.NODE_ENV !== 'production')
}

class RunningServer<Routes extends object> implements ApiServer<Routes> {
  readonly routes: Routes
  readonly #core: Core
  readonly #host: WsHost
  readonly #respond: HealthListener
  #http: HttpServer | undefined
  #listening: Promise<{ port: number; host: string }> | undefined
  #healthCheck: HealthCheck | undefined
  #closed: Promise<void> | undefined

  constructor(core: Core, host: WsHost, health: ServerOptions['health'] = false) {
    this.#core = core
    this.#host = host
    this.#respond =
      health === false
        ? (_request, _response, next) => next?.()
        : this.healthListener(health === true ? {} : health)
    this.routes = createRouteAccess(core) as Routes
    noteCore(this, core)
  }

  get connections(): number {
    return this.#core.size
  }

  get counters(): Counters {
    return this.#core.counters
  }

  revoke(whom: ConnectionTarget | UserTarget | SessionTarget, options: RevokeOptions = {}): Promise<number> {
    return revoke(this.#core, whom, options.reason)
  }

  async clearHistory(): Promise<void> {
    await this.#core.open()
    await this.#core.channels.clearAll()
  }

  async listen({ port = 0, host }: ListenOptions = {}): Promise<{ port: number; host: string }> {
    if (this.#http !== undefined) throw new TypeError('The server listens already.')
    const http = createHttpServer((request, response) => {
      this.#respond(request, response, () => this.#host.respond(request, response))
    })
    this.#http = http
    this.#listening = this.#begin(http, { port, host })
    return this.#listening
  }

  /** A server that is closed before it listens must not begin to. */
  async #begin(http: HttpServer, options: object): Promise<{ port: number; host: string }> {
    try {
      await this.attach(http)
      if (this.#closed !== undefined) throw closed()
      await bind(http, options)
    } catch (error) {
      this.#http = undefined
      throw error
    }
    const { port, address } = http.address() as AddressInfo
    return { port, host: address }
  }

  routeListener(): RequestListener {
    return (request, response, next) => this.#host.respond(request, response, next)
  }

  use(middleware: Middleware | UpgradeMiddleware, scope?: MiddlewareScope<keyof Routes & string>): this {
    addMiddleware(this.#core.routes, middleware, scope)
    return this
  }

  explain(path: string): Explanation {
    return this.#core.explain(path)
  }

  health(options?: HealthOptions): Promise<Health> {
    this.#healthCheck ??= new HealthCheck(this.#core)
    return this.#healthCheck.read(options)
  }

  healthListener(options: HealthListenerOptions = {}): HealthListener {
    this.#healthCheck ??= new HealthCheck(this.#core)
    return createHealthListener((given) => this.health(given), options)
  }

  async attach(httpServer: UpgradeSource): Promise<void> {
    if (this.#closed !== undefined) throw closed()
    await this.#core.open()
    this.#host.attach(httpServer)
  }

  close(options: CloseOptions = {}): Promise<void> {
    const { drainMs = 0, timeoutMs = 0 } = options
    requireDurations({ drainMs, timeoutMs })
    this.#closed ??= this.#close(options)
    return this.#closed
  }

  async closeAll(
    code: number = closeCodes.GOING_AWAY,
    reason = '',
    options: CloseAllOptions = {},
  ): Promise<void> {
    requireCloseArguments(code, reason)
    const { overMs = 0, timeoutMs = defaultTimeoutMs, retryAfterMs } = options
    requireDurations({ overMs, timeoutMs })
    const window = retryAfterMs && (() => retryAfterMs)
    await this.#core.dismiss({ code, reason, overMs, timeoutMs, window })
  }

  async #close(options: CloseOptions): Promise<void> {
    const { drainMs = 0, timeoutMs = defaultTimeoutMs, code = closeCodes.SERVICE_RESTART } = options
    const { clock } = this.#core.environment
    this.#core.refuseAll(clock.now() + drainMs)
    // While it drains it goes on listening, to say that it is closing.
    const stoppedAtOnce = drainMs === 0 ? this.#stopListening() : undefined
    const window = toWindow(drainMs, options)
    const farewell = { code, reason: 'The server is closing.', overMs: drainMs, timeoutMs, window }
    await Promise.race([this.#core.dismiss(farewell), this.#core.empty()])
    const stopped = stoppedAtOnce ?? this.#stopListening()
    try {
      await this.#core.finish(timeoutMs)
    } finally {
      this.#host.close()
      // Whoever connected without asking for anything would keep the server open for as long as they like.
      this.#http?.closeAllConnections()
      await stopped
      this.#healthCheck?.stop()
    }
  }

  async #stopListening(): Promise<void> {
    // What is about to listen can be stopped only when it does.
    await this.#listening?.catch(() => undefined)
    const http = this.#http
    if (http === undefined) return
    await new Promise<void>((resolve) => http.close(() => resolve()))
  }
}

function closed(): WirepactError {
  return new WirepactError('SERVER_CLOSING', 'The server is closed.')
}

function bind(http: HttpServer, options: object): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    http.listen(options, () => {
      http.off('error', reject)
      resolve()
    })
  })
}
