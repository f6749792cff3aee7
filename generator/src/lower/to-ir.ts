import { parseTemplate } from '@wirepact/protocol'
import type { ApiIr, ChannelIr, Docs, EventIr, MessageIr, ParametersIr, RequestIr, RouteIr } from '../ir.js'
import type { ApiModel, ChannelModel, MessageModel, Options, Payload, RouteModel } from '../model/model.js'
import { byKey, contractOf } from './contract.js'
import type { Lowered } from './lowered.js'
import { conversionOf, propertiesOf } from './parameters.js'
import { toSchemas } from './to-schemas.js'

/** The intermediate form of a model that no rule has anything against. */
export function toIr(model: ApiModel, lowered: Lowered): ApiIr {
  const routes = model.routes.map((route) => toRoute(route, lowered))
  const schemas = toSchemas(routes, lowered.definitions)
  return {
    title: String(model.options.title),
    version: String(model.options.version),
    ...docsOf(model.options),
    routes,
    schemas,
    contract: contractOf(routes, schemas),
  }
}

function docsOf({ description, deprecated }: Options): Docs {
  return {
    ...(typeof description === 'string' && { description }),
    ...(typeof deprecated === 'boolean' && { deprecated }),
  }
}

function toRoute(route: RouteModel, lowered: Lowered): RouteIr {
  const path = String(route.options.path)
  const names = parseTemplate(path).names
  return {
    name: route.name,
    typeName: route.typeName,
    ...docsOf(route.options),
    path,
    params: toParameters(route.params, names, lowered),
    query: toParameters(route.query, undefined, lowered),
    clientToServer: route.clientToServer.map((message) => toMessage(message, lowered)),
    serverToClient: route.serverToClient.map((message) => toEvent(message, lowered)),
    channels: route.channels.map((channel) => toChannel(channel, names, lowered)),
  }
}

function toParameters(
  payload: Payload | null,
  order: readonly string[] | undefined,
  lowered: Lowered,
): ParametersIr | null {
  if (payload === null) return null
  const schema = lowered.nameOf(payload)
  const properties = propertiesOf({ $ref: `#/$defs/${schema}` }, lowered.definitions) ?? {}
  const names = order ?? Object.keys(properties).sort()
  const convert = names.flatMap((name) => {
    const conversion = conversionOf(properties[name] ?? true, lowered.definitions)
    return conversion === undefined ? [] : [{ name, ...conversion }]
  })
  return { schema, convert }
}

function toMessage(message: MessageModel, lowered: Lowered): MessageIr {
  return message.kind === 'event' ? toEvent(message, lowered) : toRequest(message, lowered)
}

function toEvent(message: MessageModel, lowered: Lowered): EventIr {
  const { name, typeName } = message
  return { kind: 'event', name, typeName, ...docsOf(message.options), data: lowered.nameOf(message.data) }
}

function toRequest(message: MessageModel, lowered: Lowered): RequestIr {
  return {
    kind: 'request',
    name: message.name,
    typeName: message.typeName,
    ...docsOf(message.options),
    input: lowered.nameOf(message.input),
    output: lowered.nameOf(message.output),
    errors: message.errors
      .map(({ code, data }) => ({ code, data: lowered.nameOf(data) }))
      .sort(byKey((error) => error.code)),
  }
}

function toChannel(channel: ChannelModel, routeNames: readonly string[], lowered: Lowered): ChannelIr {
  const { options } = channel
  const name = String(options.name)
  return {
    key: channel.name,
    typeName: channel.typeName,
    ...docsOf(options),
    name,
    params: parseTemplate(name).names.map((param) => ({
      name: param,
      fromRoute: routeNames.includes(param),
    })),
    join: (options.join ?? 'handler') as ChannelIr['join'],
    messages: channel.messages.map((message) => ({
      ...toEvent(message, lowered),
      history: options.history !== undefined && message.options.history !== false,
    })),
    history: (options.history ?? null) as ChannelIr['history'],
    presence: lowered.nameOf(channel.presence),
  }
}
