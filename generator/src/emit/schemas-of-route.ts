import type { ChannelIr, JsonSchema, MessageIr, ParametersIr, RouteIr } from '../ir.js'
import { referencesOf } from './schema-keywords.js'

/** The schemas of these names, and all that they refer to. */
export function reach(
  schemas: ReadonlyMap<string, JsonSchema>,
  names: readonly string[],
): ReadonlySet<string> {
  const reached = new Set(names)
  for (const name of reached) {
    for (const target of referencesOf(schemas.get(name) ?? true)) reached.add(target)
  }
  return reached
}

/** The names of all schemas that a route's values are checked against: its state is none of them. */
export function schemasOf(route: RouteIr): string[] {
  const parameters = [route.params, route.query, route.headers, route.cookies].map((given) => schemaOf(given))
  const messages = [...route.clientToServer, ...route.serverToClient].flatMap(schemasOfMessage)
  const names = [...parameters, ...messages, ...route.channels.flatMap(schemasOfChannel)]
  return names.filter((name) => typeof name === 'string')
}

function schemaOf(given: ParametersIr | null | undefined): string | undefined {
  return given?.schema
}

function schemasOfChannel(channel: ChannelIr): (string | null | undefined)[] {
  return [schemaOf(channel.paramTypes), channel.presence, ...channel.messages.flatMap(schemasOfMessage)]
}

function schemasOfMessage(message: MessageIr): (string | null)[] {
  if (message.kind === 'event') return [message.data]
  const errors = message.errors.map(({ data }) => data)
  return [message.input, message.kind === 'request' ? message.output : message.item, ...errors]
}
