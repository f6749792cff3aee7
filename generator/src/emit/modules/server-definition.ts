import type { ChannelIr, EventIr, MessageIr, ParametersIr } from '../../ir.js'
import { type Layout, render } from '../layout.js'
import { dataLiteral, objectLiteral, quote, recordLiteral } from '../literal.js'
import type { RouteModule } from '../route-module.js'

/** The route as the runtime reads it. */
export function serverDefinition(module: RouteModule): string {
  const { route, names, imports } = module
  const definition = objectLiteral({
    name: quote(route.name),
    path: quote(route.path),
    params: parameters(route.params ?? undefined, module),
    query: parameters(route.query ?? undefined, module),
    headers: parameters(route.headers, module),
    cookies: parameters(route.cookies, module),
    subprotocols: data(route.subprotocols),
    auth: data(route.auth),
    state: stateLiteral(route.state, module),
    wire: data(route.wire),
    discriminator: data(route.discriminator),
    receives: byName(route.clientToServer, (message) => messageDefinition(message, module)),
    sends: byName(route.serverToClient, (message) => messageDefinition(message, module)),
    channels: recordLiteral(
      route.channels.map((channel) => [channel.key, channelDefinition(channel, module)]),
    ),
  })
  const start = `export const ${names.route}: ${imports.type('@wirepact/runtime', 'RouteDefinition')} = `
  return start + render(definition, { column: start.length })
}

/** What a connection's state starts with. */
function stateLiteral(state: string | undefined, module: RouteModule): Layout | undefined {
  const defaults = state === undefined ? {} : module.defaultsOf(state)
  return Object.keys(defaults).length === 0 ? undefined : dataLiteral(defaults)
}

/** Plain data; nothing where there is none. */
function data(value: unknown): Layout | undefined {
  return value === undefined || value === null ? undefined : dataLiteral(value)
}

function byName<Named extends { readonly name: string }>(
  list: readonly Named[],
  define: (named: Named) => Layout,
): Layout {
  return recordLiteral(list.map((named) => [named.name, define(named)]))
}

function parameters(given: ParametersIr | undefined, module: RouteModule): Layout | undefined {
  if (given === undefined) return undefined
  const convert = given.convert.map(({ name, to, repeated, required }) => {
    return [name, dataLiteral(repeated ? [to, ...(required ? ['required'] : [])] : to)] as const
  })
  return objectLiteral({
    convert: recordLiteral(convert),
    validator: module.validator(given.schema),
  })
}

function messageDefinition(message: MessageIr, module: RouteModule): Layout {
  const payloads = message.kind === 'event' ? eventParts(message, module) : askParts(message, module)
  return objectLiteral({
    kind: quote(message.kind),
    ...payloads,
    rateLimit: data(message.rateLimit),
    auth: data(message.auth),
  })
}

type Parts = Readonly<Record<string, Layout | undefined>>

function eventParts(message: EventIr, module: RouteModule): Parts {
  const tag = module.tagOf(message)
  return {
    data: module.validator(message.data),
    tag: tag === undefined ? undefined : dataLiteral(tag),
    delivery: data(message.delivery),
    backpressure: data(message.backpressure),
  }
}

function askParts(message: Exclude<MessageIr, EventIr>, module: RouteModule): Parts {
  const errors = message.errors.map(({ code, data }) => [code, module.validator(data)])
  const answer =
    message.kind === 'request'
      ? { output: module.validator(message.output), idempotent: data(message.idempotent) }
      : { item: module.validator(message.item) }
  return {
    input: module.validator(message.input),
    ...answer,
    errors: objectLiteral(Object.fromEntries(errors)),
  }
}

function channelDefinition(channel: ChannelIr, module: RouteModule): Layout {
  return objectLiteral({
    name: quote(channel.name),
    params: parameters(channel.paramTypes, module),
    auth: data(channel.auth),
    join: quote(channel.join),
    messages: byName(channel.messages, (message) => channelMessage(message, module)),
    history: data(channel.history),
    latest: data(channel.latest),
    presence: channel.presence === null ? undefined : module.validator(channel.presence),
    roster: data(channel.roster),
  })
}

function channelMessage(message: EventIr & { readonly history: boolean }, module: RouteModule): Layout {
  return objectLiteral({
    data: module.validator(message.data),
    history: String(message.history),
    backpressure: data(message.backpressure),
  })
}
