import { type MaybePromise, SUBPROTOCOL } from '@wirepact/protocol/client'
import { createConnection } from './core/connection/create-connection.js'
import type { Signals } from './core/connection/signals.js'
import { singleFlight } from './core/connection/single-flight.js'
import type { ClientSetting } from './core/setting.js'
import { toSocketUrl } from './core/url/to-socket-url.js'
import type { WebSocketConstructor } from './core/web-socket.js'
import type { RouteDefinition } from './definition.js'
import { systemClock } from './environment/system-clock.js'
import type { ClientOptions } from './options.js'
import type { ConnectArguments, Connection } from './types.js'

/** What generated clients are made of: connections to the routes of one API. */
export interface ApiClient {
  /**
   * Connects to a route, at once; listeners that are attached in the same turn miss nothing. Throws a `TypeError`
   * for parameters or a query that have no place in an address.
   */
  connect<T>(route: RouteDefinition, args?: ConnectArguments): T
  /** Closes every connection of this client for good. */
  close(): void
}

/** What differs between a browser and Node. */
export interface Platform {
  /** The hash of the schema that the client was made from. */
  readonly contract: string
  /** Where the API is served. */
  readonly base: URL
  readonly signals?: Signals | undefined
  /** The class of the sockets of a connection. */
  findWebSocket(args: ConnectArguments): MaybePromise<WebSocketConstructor>
}

/** Whether {@link makeIdle} is at work. */
let isMakingIdle: true | undefined

/**
 * What `make` makes, with connections that wait for their `connect`: a component may be drawn and thrown away, on a
 * server too, and only one that is shown is to open a socket.
 */
export function makeIdle<T>(make: () => T): T {
  isMakingIdle = true
  try {
    return make()
  } finally {
    isMakingIdle = undefined
  }
}

/** Builds a client: the one place that puts the parts together. Throws a `RangeError` for a number below 0, or none. */
export function createClient(platform: Platform, options: ClientOptions): ApiClient {
  const { auth, authTimeoutMs = 30_000, environment, reconnect } = options
  for (const [name, value] of Object.entries({ ...options, ...reconnect })) {
    if (typeof value === 'number' && !(value >= 0)) throw new RangeError(`${name} cannot be "${value}"`)
  }
  const setting = {
    clock: systemClock,
    random: { next: Math.random },
    // What a listener throws and nobody takes is an uncaught error, as with any other event.
    report(thrown: unknown) {
      queueMicrotask(() => {
        throw thrown
      })
    },
    ...options,
    ...platform,
    ...environment,
  } as Omit<ClientSetting, 'auth'> & { auth: ClientSetting['auth'] }
  setting.auth = auth && singleFlight(auth, setting.clock, authTimeoutMs)
  const connections = new Set<Connection<object>>()
  return {
    connect<T>(route: RouteDefinition, args: ConnectArguments = {}): T {
      const connection = createConnection({
        ...setting,
        route,
        args,
        url: toSocketUrl(platform.base, route.path, args),
        protocols: [SUBPROTOCOL, ...(args.subprotocols ?? route.subprotocols ?? [])],
      })
      connection.onStatus(({ state }) => {
        connections[state === 'closed' ? 'delete' : 'add'](connection)
      })
      if (!isMakingIdle) connection.connect()
      return connection as T
    },
    close() {
      for (const connection of [...connections]) connection.close()
    },
  }
}
