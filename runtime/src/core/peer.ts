import type { EventDefinition, MessageDefinition } from '../definition.js'
import type { AskOptions, ReadOptions } from '../types.js'
import type { Connection } from './connection.js'
import { Packet } from './packet.js'
import { requireValid } from './sending.js'

/** What the server can send to, and ask of, one client: a function by each message's name. */
export type Peer = Readonly<Record<string, (data?: unknown, options?: AskOptions & ReadOptions) => unknown>>

export function createPeer(connection: Connection): Peer {
  const sends = Object.entries(connection.admission.route.definition.sends)
  return Object.fromEntries(
    sends.map(([name, definition]) => [name, createSend(connection, name, definition)]),
  )
}

function createSend(connection: Connection, name: string, definition: MessageDefinition): Peer[string] {
  switch (definition.kind) {
    case 'event':
      return createEvent(connection, name, definition)
    case 'request':
      return (input, options) => connection.questions.ask({ name, definition, input }, options)
    case 'stream':
      return (input, options) => connection.questions.read({ name, definition, input }, options)
  }
}

function createEvent(connection: Connection, name: string, definition: EventDefinition): Peer[string] {
  return (data) => {
    if (connection.core.validatesOutput) requireValid(definition.data, data, name)
    connection.send(Packet.fitting(['event', name, data ?? null], definition.data))
  }
}
