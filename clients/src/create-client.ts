import { type MaybePromise, SUBPROTOCOL } from '@wirepact/protocol'
import { createConnection } from './core/connection/create-connection.js'
import type { Signals } from './core/connection/signals.js'
import { singleFlight } from './core/connection/single-flight.js'
import type { ClientSetting } from './core/setting.js'
import { toSocketUrl } from './core/url/to-socket-url.js'
import type { WebSocketConstructor } from './core/web-socket.js'
import type { RouteDefinition } from './definition.js'
import { systemClock } from './environment/system-clock.js'
import { type ClientOptions, defaults, type ReconnectOptions } from './options.js'
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

/**
 * Builds a client of the API whose schema has the hash `contract`, served at `base`: the one place that puts the parts
 * together.
 */
export function createClient(
  contract: string,
  base: URL,
  given: ClientOptions & { platform: Platform },
): ApiClient {
  const { debug, platform } = given
  const setting = { ...toSetting(given, platform), contract }
  const connections = new Set<Connection<object>>()
  return {
    connect<T>(route: RouteDefinition, args: ConnectArguments = {}): T {
      const { params, subprotocols = route.subprotocols ?? [] } = args
      const url = toSocketUrl(base, route.path, args)
      const connection = createConnection({
        ...setting,
        route,
        url,
        params,
        protocols: [SUBPROTOCOL, ...subprotocols],
        headers: platform.toHeaders?.(args),
      })
      connection.onStatus((status) => {
        debug?.changed(url, status)
        if (status.state === 'closed') connections.delete(connection)
        else connections.add(connection)
      })
      if (!isMakingIdle) connection.connect()
      return connection as T
    },
    close() {
      for (const connection of [...connections]) connection.close()
    },
  }
}

function toSetting(
  options: ClientOptions,
  { findWebSocket, signals }: Platform,
): Omit<ClientSetting, 'contract'> {
  const { auth, debug, environment, reconnect, WebSocket } = options
  const find = WebSocket ? () => WebSocket : findWebSocket
  const setting = {
    clock: systemClock,
    random: { next: Math.random },
    signals,
    // What a listener throws and nobody takes is an uncaught error, as with any other event.
    report(thrown: unknown) {
      queueMicrotask(() => {
        throw thrown
      })
    },
    ...present(defaults, options, environment),
  }
  return {
    ...setting,
    findWebSocket: debug?.watch(find) ?? find,
    auth: auth && singleFlight(auth, setting.clock, setting.authTimeoutMs),
    reconnect: reconnect !== false && present<Required<ReconnectOptions>>(defaults.reconnect, reconnect),
  }
}

/**
 * `known` with the options that have a value: one that is present and undefined is one that is not given. Throws a
 * `RangeError` for a number that is below 0 or none.
 */
function present<T extends object>(known: T, ...given: (object | undefined)[]): T {
  const all = [known, ...given].flatMap((options) => Object.entries(options ?? {}))
  const wrong = all.find(([, value]) => typeof value === 'number' && !(value >= 0))
  if (wrong) throw new RangeError(`${wrong[0]} is a number from 0 on, not ${wrong[1]}`)
  return Object.fromEntries(all.filter(([, value]) => value !== undefined)) as T
}
