import { type MaybePromise, SUBPROTOCOL, type TemplateValues } from '@wirepact/protocol'
import type { Signals } from './core/connection/signals.js'
import { singleFlight } from './core/connection/single-flight.js'
import { createConnection } from './core/create-connection.js'
import type { ClientSetting } from './core/setting.js'
import { type WebSocketConstructor, webSocketTransport } from './core/transport/web-socket.js'
import { toSocketUrl } from './core/url/to-socket-url.js'
import type { RouteDefinition } from './definition.js'
import { systemClock } from './environment/system-clock.js'
import { type ClientOptions, defaults } from './options.js'
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
  findWebSocket(): MaybePromise<WebSocketConstructor>
  readonly signals?: Signals | undefined
  /** The headers and cookies of a connection, where the platform can send them. */
  toHeaders?(args: ConnectArguments): Readonly<Record<string, string>> | undefined
  /** What an address without a scheme refers to. */
  readonly origin?: string | undefined
}

export interface ClientTarget {
  /** The hash of the schema that the client was generated from. */
  readonly contract: string
  readonly url: string | URL
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

/** Builds a client: the one place that puts the parts together. */
export function createClient(platform: Platform, target: ClientTarget, options: ClientOptions): ApiClient {
  const setting = toSetting(platform, target.contract, options)
  const base = new URL(target.url, platform.origin)
  const connections = new Set<Connection<object>>()
  return {
    connect<T>(route: RouteDefinition, args: ConnectArguments = {}): T {
      const { subprotocols = route.subprotocols ?? [] } = args
      const url = toSocketUrl(base, route.path, args)
      const connection = createConnection({
        ...setting,
        route,
        url,
        params: { ...args.params } as TemplateValues,
        protocols: route.wire ? subprotocols : [SUBPROTOCOL, ...subprotocols],
        headers: platform.toHeaders?.(args),
      })
      connection.onStatus((status) => {
        setting.debug?.changed(url, status)
        if (status.state === 'closed') connections.delete(connection)
        else connections.add(connection)
      })
      if (!isMakingIdle) connection.connect()
      return connection as T
    },
    close() {
      for (const connection of connections) connection.close()
    },
  }
}

function toSetting(platform: Platform, contract: string, options: ClientOptions): ClientSetting {
  const { auth, authTimeoutMs = defaults.authTimeoutMs, reconnect, WebSocket, environment, debug } = options
  const find = WebSocket ? () => WebSocket : platform.findWebSocket
  const { clock = systemClock, transport = webSocketTransport(find) } = environment ?? {}
  return {
    random: { next: Math.random },
    signals: platform.signals,
    // What a listener throws and nobody takes is an uncaught error, as with any other event.
    report: (thrown) =>
      queueMicrotask(() => {
        throw thrown
      }),
    ...defaults,
    ...given(options),
    ...given(environment),
    clock,
    transport: debug?.watch(transport) ?? transport,
    contract,
    auth: auth && singleFlight(auth, clock, authTimeoutMs),
    reconnect: reconnect !== false && { ...defaults.reconnect, ...given(reconnect) },
  }
}

/** The options that have a value: one that is present and undefined is one that is not given. */
function given<T extends object>(options: T = {} as T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T
}
