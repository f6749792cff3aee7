import type { MaybePromise, TemplateValues } from '@wirepact/protocol'
import type { Signals } from './core/connection/signals.js'
import { singleFlight } from './core/connection/single-flight.js'
import { RouteConnection, type RoutePorts } from './core/route-connection.js'
import { type WebSocketConstructor, webSocketTransport } from './core/transport/web-socket.js'
import { toSocketUrl } from './core/url/to-socket-url.js'
import type { RouteDefinition } from './definition.js'
import { systemClock } from './environment/system-clock.js'
import { type ClientOptions, defaults } from './options.js'
import type { ConnectArguments } from './types.js'

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
  readonly signals: Signals | undefined
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

/** Builds a client: the one place that puts the parts together. */
export function createClient(platform: Platform, target: ClientTarget, options: ClientOptions): ApiClient {
  const ports = toPorts(platform, options)
  const base = new URL(target.url, platform.origin)
  const connections = new Set<RouteConnection>()
  return {
    connect<T>(route: RouteDefinition, args: ConnectArguments = {}): T {
      const url = toSocketUrl(base, route.path, args)
      const params = { ...args.params } as TemplateValues
      const headers = platform.toHeaders?.(args)
      const { contract } = target
      const { subprotocols = route.subprotocols } = args
      const connection = new RouteConnection(ports, { url, contract, route, params, headers, subprotocols })
      connection.onStatus(({ state }) =>
        state === 'closed' ? connections.delete(connection) : connections.add(connection),
      )
      connection.connect()
      return connection as T
    },
    close() {
      for (const connection of connections) connection.close()
    },
  }
}

function toPorts(platform: Platform, options: ClientOptions): RoutePorts {
  const { auth, authTimeoutMs = defaults.authTimeoutMs, environment = {}, reconnect } = options
  const { clock = systemClock } = environment
  const find = options.WebSocket ? () => options.WebSocket as WebSocketConstructor : platform.findWebSocket
  return {
    ...defaults,
    ...given(options),
    auth: auth && singleFlight(auth, clock, authTimeoutMs),
    reconnect: reconnect !== false && { ...defaults.reconnect, ...given(reconnect ?? {}) },
    clock,
    random: environment.random ?? { next: () => Math.random() },
    transport: environment.transport ?? webSocketTransport(find),
    signals: environment.signals ?? platform.signals,
    report: environment.report ?? throwLater,
  }
}

/** The options that have a value: one that is present and undefined is one that is not given. */
function given<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T
}

/** What a listener throws and nobody takes is an uncaught error, as with any other event. */
function throwLater(thrown: unknown): void {
  queueMicrotask(() => {
    throw thrown
  })
}
