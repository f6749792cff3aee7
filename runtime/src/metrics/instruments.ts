import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

/** From a tenth of a millisecond to ten seconds. */
const seconds = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10]

/** Where metrics are made, and what their names begin with. */
export interface InstrumentOptions {
  readonly registry: Registry
  readonly prefix: string
  /** By route, how many bytes wait: looked up when somebody asks, and not with every message. */
  readonly readPending: () => ReadonlyMap<string, number>
}

export type Instruments = ReturnType<typeof createInstruments>

/**
 * Every metric of a server. Labels are names of the schema and codes of tables, so that no client can add a series.
 */
export function createInstruments({ registry, prefix, readPending }: InstrumentOptions) {
  const describe = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) => ({
    name: `${prefix}${name}`,
    help,
    labelNames: [...labelNames],
    registers: [registry],
  })
  const count = <Label extends string>(name: string, help: string, labels: readonly Label[]) =>
    new Counter(describe(name, help, labels))
  const gauge = <Label extends string>(name: string, help: string, labels: readonly Label[]) =>
    new Gauge(describe(name, help, labels))
  const time = <Label extends string>(name: string, help: string, labels: readonly Label[]) =>
    new Histogram({ ...describe(name, help, labels), buckets: seconds })
  return {
    connections: gauge('connections', 'Connections that there are.', ['route']),
    opened: count('connections_opened_total', 'Connections that were accepted.', ['route']),
    closed: count('connections_closed_total', 'Connections that ended, by close code.', ['route', 'code']),
    refused: count('connections_refused_total', 'Clients that were refused before the upgrade.', ['code']),
    received: count('messages_received_total', 'Messages that came in.', ['route', 'message']),
    sent: count('messages_sent_total', 'Messages to one client, replies excluded.', ['route', 'message']),
    running: gauge('handlers_running', 'Handlers that have not settled.', ['route']),
    handled: time('handler_duration_seconds', 'How long handlers take.', ['route', 'message']),
    errors: count('errors_total', 'Messages answered with an error.', ['route', 'message', 'code']),
    invalid: count('messages_invalid_total', 'Bad messages.', ['route', 'message', 'code']),
    dropped: count('messages_dropped_total', 'Messages dropped or replaced for connections that lag.', [
      'route',
      'policy',
    ]),
    slow: count('slow_consumers_total', 'Connections closed since they did not keep up.', ['route']),
    publications: count('publications_total', 'Publications of this node.', ['channel', 'message']),
    deliveries: count('deliveries_total', 'Publications times members on this node.', ['channel', 'message']),
    starts: count('subscriptions_total', 'Memberships begun or caught up, by outcome.', [
      'channel',
      'outcome',
    ]),
    pending: new Gauge({
      ...describe('pending_bytes', 'Bytes that wait to be sent.', ['route']),
      collect() {
        for (const [route, bytes] of readPending()) this.set({ route }, bytes)
      },
    }),
    engine: time('engine_duration_seconds', 'How long the engine takes.', ['method']),
    engineErrors: count('engine_errors_total', 'What the engine failed.', ['method']),
  }
}
