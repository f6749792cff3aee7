import type { RequestListener } from 'node:http'
import { Registry } from 'prom-client'
import type { ObservedServer, Observer } from '../core/observer.js'
import { createInstruments } from './instruments.js'
import { MetricsObserver } from './metrics-observer.js'
import { createScrape } from './scrape.js'

export interface MetricsOptions {
  /** Where the metrics are registered, such as prom-client's own `register`. Default: a registry of their own. */
  readonly registry?: Registry
  /** What their names begin with. Default `wirepact_`. */
  readonly prefix?: string
}

export interface Metrics {
  /** To hand to the server: `createServer(handlers, { observers: [metrics.observer] })`. */
  readonly observer: Observer
  readonly registry: Registry
  /** Answers a scrape of Prometheus: for `http.createServer`, or to mount in any framework. */
  readonly listener: RequestListener
}

/**
 * The metrics of one server, made by prom-client. Throws when the registry has metrics of these names already: two
 * servers on one registry need a prefix each.
 */
export function createMetrics({
  registry = new Registry(),
  prefix = 'wirepact_',
}: MetricsOptions = {}): Metrics {
  let observed: ObservedServer = { routes: [], connections: [] }
  const instruments = createInstruments({ registry, prefix, readPending: () => readPending(observed) })
  const watch = (server: ObservedServer) => {
    observed = server
    for (const route of server.routes) instruments.connections.set({ route }, 0)
  }
  const observer: Observer = Object.assign(new MetricsObserver(instruments), { watch })
  return { observer, registry, listener: createScrape(registry) }
}

function readPending({ routes, connections }: ObservedServer): ReadonlyMap<string, number> {
  const bytes = new Map(routes.map((route) => [route, 0]))
  for (const { route, bufferedBytes } of connections)
    bytes.set(route, (bytes.get(route) ?? 0) + bufferedBytes)
  return bytes
}
