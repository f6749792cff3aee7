import type { EventDefinition, MessageDefinition } from '../definition.js'
import type { AskError, AskOptions, Outcome, ReadOptions } from '../types.js'
import { encodeBare } from './bare.js'
import type { Connection } from './connection.js'
import { Packet } from './packet.js'
import type { Route } from './route.js'
import { requireValid } from './sending.js'
import { toSlack } from './slack.js'

export interface Send {
  (data?: unknown, options?: AskOptions & ReadOptions): unknown
  /** A request's form that never throws. */
  safe?(data?: unknown, options?: AskOptions): Promise<Outcome<unknown, object>>
}

/** What the server can send to, and ask of, one client: a function by each message's name. */
export type Peer = Readonly<Record<string, Send>>

export function createPeer(connection: Connection): Peer {
  const sends = Object.entries(connection.admission.route.definition.sends)
  return Object.fromEntries(
    sends.map(([name, definition]) => {
      const send = createGuarded(connection, name, definition)
      return [name, definition.kind === 'request' ? withSafe(send) : send]
    }),
  )
}

/** The request, with a form whose failures are outcomes. */
export function withSafe(ask: Send): Send {
  const safe: Send['safe'] = async (input, options) => {
    try {
      return { ok: true, output: await ask(input, options) }
    } catch (thrown) {
      return { ok: false, error: thrown as AskError<object> }
    }
  }
  return Object.assign((input: unknown, options?: AskOptions) => ask(input, options), { safe })
}

/** A message that is for some alone is never sent to others: that throws `UNAUTHENTICATED` or `FORBIDDEN`. */
function createGuarded(connection: Connection, name: string, definition: MessageDefinition): Send {
  const { auth } = definition
  const send = createSend(connection, name, definition)
  if (auth === undefined) return send
  return (data, options) => {
    connection.access.require(auth)
    return send(data, options)
  }
}

function createSend(connection: Connection, name: string, definition: MessageDefinition): Send {
  switch (definition.kind) {
    case 'event':
      return createEvent(connection, name, definition)
    case 'request':
      return (input, options) => connection.questions.ask({ name, definition, input }, options)
    case 'stream':
      return (input, options) => connection.questions.read({ name, definition, input }, options)
  }
}

function createEvent(connection: Connection, name: string, definition: EventDefinition): Send {
  const event = { route: connection.admission.route, name, definition }
  return (data) => {
    if (connection.core.validatesOutput) requireValid(definition.data, data, name)
    connection.core.observer?.sent?.({ connection, name, kind: 'event' })
    connection.send(toPacket(event, data))
  }
}

/** An event that a route sends. */
export interface RouteEvent {
  readonly route: Route
  readonly name: string
  readonly definition: EventDefinition
}

/** An event as it goes out. Throws `NOT_SERIALIZABLE`. */
export function toPacket({ route, name, definition }: RouteEvent, data: unknown): Packet {
  const slack = toSlack(definition.backpressure, name, () => data)
  if (route.bare !== undefined) return new Packet(encodeBare(data, definition.data), slack)
  return Packet.fitting(['event', name, data ?? null], definition.data, slack)
}
