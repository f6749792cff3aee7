import { closeCodes, type Welcome, WirepactError } from '@wirepact/protocol'
import { Channels } from '../channel/channels.js'
import type { ApiDefinition } from '../definition.js'
import type { Engine } from '../engine/engine.js'
import type { App, RequestDetails } from '../types.js'
import { type Admission, type Presentation, readPresentation } from './admission.js'
import { ChannelHooks } from './channel-hooks.js'
import { Connection } from './connection.js'
import { createCounters } from './counters.js'
import { decide } from './decide.js'
import type { Environment } from './environment.js'
import { type Farewell, Farewells } from './farewell.js'
import { Heartbeat } from './heartbeat.js'
import type { Limits } from './limits.js'
import { joinObservers } from './observation.js'
import { observeEngine } from './observe-engine.js'
import type { Observer } from './observer.js'
import { isPublic } from './public-error.js'
import { Rates } from './rates.js'
import { hear } from './reach/heard.js'
import { Nodes } from './reach/nodes.js'
import { RemoteCalls } from './reach/remote-calls.js'
import { Revocations } from './reach/revocations.js'
import type { Route } from './route.js'
import { createRoutes, type Explanation, type Mount, type RouteMatch, Router } from './router.js'
import { type Seat, Seats } from './seats.js'
import { Sessions } from './sessions.js'
import { Tasks } from './tasks.js'
import type { Transport } from './transport.js'
import type { Upgrade } from './upgrade.js'
import { Users } from './users.js'

/** What a core is made of. */
export interface CoreParts {
  readonly definition: ApiDefinition
  readonly handlers: object
  readonly mount?: Mount | undefined
  readonly engine: Engine
  readonly environment: Environment
  readonly limits: Limits
  /** Whether what this side sends is checked too. */
  readonly validatesOutput: boolean
  readonly observers: readonly Observer[]
  /** What the handlers of all connections share. */
  readonly app: App
}

/**
 * The runtime without a network: routes, connections and channels over whatever transport, clock and chance it
 * is given. It knows what a connection may do; it does not know HTTP or sockets.
 */
export class Core {
  readonly definition: ApiDefinition
  readonly environment: Environment
  readonly limits: Limits
  readonly validatesOutput: boolean
  readonly channels: Channels
  readonly sessions: Sessions
  readonly app: App
  readonly users = new Users()
  readonly nodes: Nodes
  readonly remoteCalls: RemoteCalls
  readonly revocations: Revocations
  /** Undefined when nobody observes. */
  readonly observer: Observer | undefined
  /** Undefined where nothing is limited beyond what the schema says. */
  readonly rates: Rates | undefined
  readonly #seats: Seats
  readonly counters = createCounters()
  /** How many connections were numbered. */
  lastSerial = 0
  readonly routes: readonly Route[]
  readonly #router: Router
  readonly #engine: Engine
  readonly #heartbeat: Heartbeat
  /** By the public part of the session, the connection that it is on. */
  readonly #sessions = new Map<string, Connection>()
  readonly #accepted = new Set<Connection>()
  readonly #tasks: Tasks
  readonly #whenEmpty: (() => void)[] = []
  #opened: Promise<void> | undefined
  /** When somebody may be let in again, in milliseconds since the Unix epoch; undefined while everybody is. */
  #reopensAt: number | undefined

  constructor(parts: CoreParts) {
    this.definition = parts.definition
    this.environment = parts.environment
    this.app = parts.app
    this.#tasks = new Tasks(parts.environment, (error) => this.callFailed(error))
    this.limits = parts.limits
    this.validatesOutput = parts.validatesOutput
    this.observer = joinObservers(parts.observers, parts.environment.logger)
    const engine = observeEngine(parts.engine, this.observer)
    this.#engine = engine
    const { observer } = this
    this.nodes = new Nodes({
      engine,
      environment: parts.environment,
      heard: (message, from) => hear(this, message, from),
      later: (work) => this.track(Promise.resolve().then(work)),
    })
    this.remoteCalls = new RemoteCalls({ ...parts, nodes: this.nodes })
    this.revocations = new Revocations(parts.environment.clock, parts.limits.handshakeTimeoutMs)
    const hooks = new ChannelHooks(this)
    this.channels = new Channels({
      ...parts,
      engine,
      observer,
      interrupted: () => this.#interrupted(),
      unclaimed: (channel, publication) => this.nodes.take(channel, publication),
      hook: (name, ref, connection) => hooks.call(name, ref, connection),
    })
    this.sessions = new Sessions({
      engine,
      ttlMs: parts.limits.sessionTtlMs,
      track: (work) => this.track(work),
    })
    this.routes = createRoutes(parts.definition, parts.handlers, parts.mount)
    this.#router = new Router(this.routes)
    this.#heartbeat = new Heartbeat(parts.environment, parts.limits)
    const names = this.routes.map(({ name }) => name)
    this.observer?.watch?.({ routes: names, connections: this.#accepted })
    this.rates = Rates.create(parts.limits, parts.environment.clock)
    this.#seats = new Seats(parts.limits, parts.environment.clock)
  }

  /** Opens the engine; calling it twice is calling it once. */
  open(): Promise<void> {
    this.#opened ??= this.#open()
    return this.#opened
  }

  /** Resolves when the engine answers. */
  async askEngine(): Promise<void> {
    await this.open()
    await this.#engine.sequence('')
  }

  get connections(): Iterable<Connection> {
    return this.#accepted
  }

  get size(): number {
    return this.#accepted.size
  }

  /** The route that a path belongs to. Throws `INVALID_PATH`. */
  match(path: string): RouteMatch | undefined {
    return this.#router.match(path)
  }

  explain(path: string): Explanation {
    return this.#router.explain(path)
  }

  /**
   * Decides about a connection before it is made. Throws `ROUTE_NOT_FOUND`, `INVALID_PATH`, `SUBPROTOCOL_REFUSED`,
   * `INVALID_PARAMS`, `INVALID_QUERY`, `INVALID_HEADERS`, `INVALID_COOKIES`, `TOO_MANY_CONNECTIONS`,
   * `TOO_MANY_FROM_ADDRESS`, `RATE_LIMITED`, `SERVER_CLOSING`, and whatever middleware throws. `gone` is aborted when
   * the client has gone: the place that it takes is free then, whatever is still being decided.
   */
  async admit(
    request: RequestDetails,
    match = this.match(request.path),
    gone?: AbortSignal,
  ): Promise<Admission> {
    if (match === undefined) throw new WirepactError('ROUTE_NOT_FOUND', 'There is no route at this path.')
    this.#requireRunning()
    const seat = this.#seats.take(request.remote.address)
    gone?.addEventListener('abort', () => seat.release(), { once: true })
    try {
      const presentation = await readPresentation(match, request)
      await this.open()
      const { environment, limits, revocations } = this
      const upgrade = await decide(presentation, { environment, limits, since: revocations.now, gone })
      this.#requireRunning()
      return toAdmission(presentation, seat, upgrade)
    } catch (error) {
      seat.release()
      throw error
    }
  }

  /** Begins a connection over a transport. */
  accept(admission: Admission, transport: Transport): Connection {
    const connection = new Connection(this, admission, transport)
    this.#accepted.add(connection)
    this.counters.connections++
    this.observer?.accepted?.(connection)
    // It was admitted in the last moment before the server began to close.
    if (this.isClosing) connection.end(closeCodes.SERVICE_RESTART, 'The server is closing.')
    else if (connection.isBare) connection.begin({})
    return connection
  }

  /** The connection that a session is on, by the public part of its identifier. */
  connectionOf(origin: string): Connection | undefined {
    return this.#sessions.get(origin)
  }

  findRoute(name: string): Route | undefined {
    return this.routes.find((route) => route.name === name)
  }

  /** A connection has its identifier. One of the same session that is still there has lost its client. */
  added(connection: Connection): void {
    const other = this.#sessions.get(connection.origin)
    if (other !== undefined && other.attempt > connection.attempt) return supersede(connection)
    if (other !== undefined) supersede(other)
    this.#sessions.set(connection.origin, connection)
    this.#heartbeat.add(connection)
  }

  removed(connection: Connection): void {
    this.#accepted.delete(connection)
    connection.admission.seat.release()
    this.#heartbeat.remove(connection)
    if (this.#sessions.get(connection.origin) === connection) this.#sessions.delete(connection.origin)
    if (this.#accepted.size === 0) for (const resolve of this.#whenEmpty.splice(0)) resolve()
  }

  welcome(connection: Connection): Welcome {
    const { pingIntervalMs, pingTimeoutMs, maxPayloadBytes } = this.limits
    const { contract } = this.definition
    const { id, session, acked } = connection
    return {
      connection: id,
      session,
      contract,
      pingIntervalMs,
      pingTimeoutMs,
      maxPayloadBytes,
      ...(acked > 0 && { acked }),
    }
  }

  /** Waits for work that nobody else waits for, so that closing does not overtake it; failures are logged. */
  track(work: Promise<unknown>): void {
    this.#tasks.add(work)
  }

  /** What the client may know of an error that a handler threw; everything else is logged and `INTERNAL`. */
  toPublicError(thrown: unknown, connection: Connection, message: string | undefined): WirepactError {
    if (thrown instanceof WirepactError && isPublic(thrown, connection, message)) return thrown
    this.handlerFailed(thrown, connection, message)
    return new WirepactError('INTERNAL', 'Something went wrong on the server.')
  }

  handlerFailed(error: unknown, connection: Connection, handler: string | undefined): void {
    connection.logger.error({ handler, error }, 'A handler failed.')
  }

  callFailed(error: unknown): void {
    this.environment.logger.error({ error }, 'A call to a channel failed.')
  }

  /** Resolves after a time. */
  wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.environment.clock.startTimer(resolve, delayMs))
  }

  /** Lets nobody in any more; `reopensAt` is when those who ask may try again. */
  refuseAll(reopensAt: number): void {
    this.#reopensAt = reopensAt
  }

  get isClosing(): boolean {
    return this.#reopensAt !== undefined
  }

  /** Says goodbye to every connection that there is. Resolves when they are gone. */
  dismiss(farewell: Farewell): Promise<void> {
    const { clock } = this.environment
    const late = ({ logger }: Connection) =>
      logger.warn({}, 'A connection was closed while its handlers were running.')
    return new Farewells({ clock, connections: this.#accepted, late }, farewell).say()
  }

  /** Resolves when there is no connection left. */
  empty(): Promise<void> {
    if (this.#accepted.size === 0) return Promise.resolve()
    return new Promise((resolve) => this.#whenEmpty.push(resolve))
  }

  /** Waits for every handler, but no longer than `timeoutMs`, then closes the engine. */
  async finish(timeoutMs: number): Promise<void> {
    await this.#tasks.settle(timeoutMs)
    this.channels.attendance.close()
    this.revocations.close()
    if (this.#opened === undefined) return
    await this.#opened
    this.remoteCalls.close()
    await this.#engine.close()
  }

  /** Whoever comes back recovers from the engine, and is sent what was missed. */
  #interrupted(): void {
    this.environment.logger.warn(
      {},
      'The engine may have missed something: every connection has to come back.',
    )
    for (const connection of [...this.#accepted]) {
      connection.end(closeCodes.SERVICE_RESTART, 'The engine was interrupted.')
    }
  }

  async #open(): Promise<void> {
    const node = this.environment.random.id()
    await this.#engine.open(node, this.channels.hubs)
    await this.nodes.open(node)
  }

  #requireRunning(): void {
    if (this.#reopensAt !== undefined) throw closing(this.#reopensAt - this.environment.clock.now())
  }
}

/** Written out: of a spread each connection would keep a hidden class of its own. */
function toAdmission(presentation: Presentation, seat: Seat, upgrade: Upgrade | undefined): Admission {
  const { route, params, query, headers, cookies, subprotocol, request } = presentation
  return { route, params, query, headers, cookies, subprotocol, request, seat, upgrade }
}

function closing(reopensInMs: number): WirepactError {
  const data = { retryAfterMs: Math.max(1000, reopensInMs) }
  return new WirepactError('SERVER_CLOSING', 'The server is closing.', { data })
}

/** The session came back: its connection has lost its client, or has one that must not go on. */
function supersede(connection: Connection): void {
  const reason = 'The session came back on another connection.'
  connection.end(closeCodes.SUPERSEDED, reason)
  connection.abandon(closeCodes.SUPERSEDED, reason)
}
