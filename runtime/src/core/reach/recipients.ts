import { WirepactError } from '@wirepact/protocol'
import type { EventDefinition, RequestDefinition } from '../../definition.js'
import type { AskOptions } from '../../types.js'
import type { Connection } from '../connection.js'
import type { Core } from '../core.js'
import { type Send, toPacket, withSafe } from '../peer.js'
import type { Route } from '../route.js'
import { requireValid } from '../sending.js'
import { toPayload } from './nodes.js'
import { findConnections, type Target, toTarget } from './target.js'

/** What can be sent to others, and asked of them: a function by each message's name. */
export type Recipients = Readonly<Record<string, Send>>

/** One message of a route on its way to somebody. */
interface Saying<Definition = EventDefinition | RequestDefinition> {
  readonly core: Core
  readonly route: Route
  readonly target: Target
  readonly name: string
  readonly definition: Definition
  readonly data: unknown
}

/** Whom the messages of a route are for: events for all that are meant, requests for a single connection. */
export function createRecipients(core: Core, route: Route, given: object): Recipients {
  const target = toTarget(given)
  const recipients: Record<string, Send> = {}
  for (const [name, definition] of Object.entries(route.definition.sends)) {
    if (definition.kind === 'event')
      recipients[name] = (data) => handled(core, say({ core, route, target, name, definition, data }))
    if (definition.kind === 'request' && 'origin' in target)
      recipients[name] = withSafe((data, options) =>
        handled(core, ask({ core, route, target, name, definition, data }, options)),
      )
  }
  return recipients
}

/** Sends an event to those on this node, and has other nodes do the same. Resolves with how many are here. */
async function say(saying: Saying<EventDefinition>): Promise<number> {
  const { core, route, target, name, definition, data } = saying
  if (core.validatesOutput) requireValid(definition.data, data, name)
  const count = sayHere(saying)
  const isFound = count > 0 && 'origin' in target
  if (!isFound && !core.nodes.isAlone)
    await core.nodes.tell({
      kind: 'say',
      said: { route: route.name, name, payload: toPayload(data), target },
    })
  return count
}

/** Sends an event to those on this node who may have it. Encoded once. */
export function sayHere(saying: Saying<EventDefinition>): number {
  const { core, route, target, name } = saying
  const { auth } = saying.definition
  const connections = findConnections(core, target).filter(
    (connection) =>
      connection.admission.route === route &&
      connection.isConnected &&
      (auth === undefined || connection.access.refuse(auth) === undefined),
  )
  if (connections.length === 0) return 0
  const packet = toPacket(saying, saying.data)
  for (const connection of connections) {
    core.observer?.sent?.({ connection, name, kind: 'event' })
    connection.send(packet)
  }
  return connections.length
}

/** Asks the client, wherever it is. */
async function ask(saying: Saying<RequestDefinition>, options: AskOptions = {}): Promise<unknown> {
  const { core, route, target, name, definition, data } = saying
  const connection = findAsked(core, route, target)
  if (connection !== undefined) {
    connection.access.require(definition.auth)
    return connection.questions.ask({ name, definition, input: data }, options)
  }
  if (core.nodes.isAlone)
    throw new WirepactError('CONNECTION_CLOSED', 'Nobody is connected by this identifier.')
  if (core.validatesOutput) requireValid(definition.input, data, name)
  return core.remoteCalls.ask({ route: route.name, name, payload: toPayload(data), target }, options)
}

/** The connection on this node that can be asked. */
export function findAsked(core: Core, route: Route, target: Target): Connection | undefined {
  return findConnections(core, target).find(
    (connection) => connection.admission.route === route && connection.isConnected,
  )
}

/** A rejection that the caller does not wait for is logged, and never ends the process. */
function handled<T>(core: Core, promise: Promise<T>): Promise<T> {
  promise.catch((error: unknown) => core.callFailed(error))
  return promise
}
