import type { ChannelIr, EventIr, MessageIr, ParametersIr } from '../../ir.js'
import { type Layout, render } from '../layout.js'
import { dataLiteral, objectLiteral, quote } from '../literal.js'
import type { RouteModule } from '../route-module.js'

/** The route as the runtime reads it. */
export function serverDefinition(module: RouteModule): string {
  const { route, names, imports } = module
  const definition = objectLiteral({
    name: quote(route.name),
    path: quote(route.path),
    params: parameters(route.params, module),
    query: parameters(route.query, module),
    receives: byName(route.clientToServer, (message) => messageDefinition(message, module)),
    sends: byName(route.serverToClient, (event) => messageDefinition(event, module)),
    channels: objectLiteral(
      Object.fromEntries(route.channels.map((channel) => [channel.key, channelDefinition(channel, module)])),
    ),
  })
  const start = `export const ${names.route}: ${imports.type('@wirepact/runtime', 'RouteDefinition')} = `
  return start + render(definition, { column: start.length })
}

function byName<Named extends { readonly name: string }>(
  list: readonly Named[],
  define: (named: Named) => Layout,
): Layout {
  return objectLiteral(Object.fromEntries(list.map((named) => [named.name, define(named)])))
}

function parameters(given: ParametersIr | null, module: RouteModule): Layout | undefined {
  if (given === null) return undefined
  const convert = given.convert.map(({ name, to, repeated }) => [name, repeated ? [to] : to])
  return objectLiteral({
    convert: dataLiteral(Object.fromEntries(convert)),
    validator: module.validator(given.schema),
  })
}

function messageDefinition(message: MessageIr, module: RouteModule): Layout {
  if (message.kind === 'event')
    return objectLiteral({ kind: quote('event'), data: module.validator(message.data) })
  const errors = message.errors.map(({ code, data }) => [code, module.validator(data)])
  const answer =
    message.kind === 'request'
      ? { output: module.validator(message.output) }
      : { item: module.validator(message.item) }
  return objectLiteral({
    kind: quote(message.kind),
    input: module.validator(message.input),
    ...answer,
    errors: objectLiteral(Object.fromEntries(errors)),
  })
}

function channelDefinition(channel: ChannelIr, module: RouteModule): Layout {
  return objectLiteral({
    name: quote(channel.name),
    join: quote(channel.join),
    messages: byName(channel.messages, (message) => channelMessage(message, module)),
    history: channel.history === null ? undefined : dataLiteral(channel.history),
    presence: channel.presence === null ? undefined : module.validator(channel.presence),
  })
}

function channelMessage(message: EventIr & { readonly history: boolean }, module: RouteModule): Layout {
  return objectLiteral({ data: module.validator(message.data), history: String(message.history) })
}
