import type { ChannelIr, ConversionIr, RouteIr } from '../../ir.js'
import { describe } from '../doc-comment.js'
import type { Layout } from '../layout.js'
import { quote, typeKey } from '../literal.js'
import type { RouteModule } from '../route-module.js'
import { describeMessage } from './facts.js'
import { interfaceOf, type Method, nothing, objectType } from './members.js'

/** The data of each message of a channel, by the message's name. */
export function messagesType(channel: ChannelIr, module: RouteModule): string {
  return interfaceOf({
    name: module.names.ofChannel(channel, 'Messages'),
    docs: describe({}, [`Messages of the channel \`${channel.name}\`.`]),
    properties: channel.messages.map((message) => ({
      name: message.name,
      type: module.type(message.data, 'null'),
      docs: describeMessage(message),
    })),
  })
}

/** What a channel's types are made with: its messages, and its presence where it has any. */
export function channelOperands(channel: ChannelIr, module: RouteModule): Layout[] {
  const messages = module.names.ofChannel(channel, 'Messages')
  const { presence, roster } = channel
  if (roster?.show === 'count') return [messages, 'never', quote('count')]
  if (presence === null) return [messages]
  const operands = [messages, module.type(presence, '')]
  return roster?.by === 'user' ? [...operands, quote('users')] : operands
}

/**
 * The parameters of a channel's name, as the argument of the function that picks the channel. Within a connection
 * those that the route has too may be left out.
 */
export function channelArguments(
  channel: ChannelIr,
  module: RouteModule,
  isConnected: boolean,
): Method['parameters'] {
  if (channel.params.length === 0) return []
  const isOptional = isConnected && channel.params.every((param) => param.fromRoute)
  const hasOptional = isConnected && channel.params.some((param) => param.fromRoute)
  const members = channel.params.map(({ name, fromRoute }): Layout => {
    return [typeKey(name), isConnected && fromRoute ? '?: ' : ': ', parameterType(channel, name, module)]
  })
  const isNamed = channel.paramTypes !== undefined && !hasOptional
  return [[isOptional ? 'params?' : 'params', isNamed ? paramsType(channel, module) : objectType(members)]]
}

/** The values of a channel's name, as the handler that admits members is given them. */
export function paramsType(channel: ChannelIr, module: RouteModule): Layout {
  if (channel.paramTypes !== undefined) return module.type(channel.paramTypes.schema, '')
  if (channel.params.length === 0) return nothing
  return objectType(channel.params.map(({ name }) => `${typeKey(name)}: string`))
}

const valueTypes: Readonly<Record<ConversionIr, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
}

function parameterType(channel: ChannelIr, name: string, module: RouteModule): string {
  if (channel.paramTypes !== undefined) return `${module.type(channel.paramTypes.schema, '')}[${quote(name)}]`
  return routeParameter(module.route, name)
}

function routeParameter(route: RouteIr, name: string): string {
  const conversion = route.params?.convert.find((param) => param.name === name)
  return conversion === undefined ? 'string' : valueTypes[conversion.to]
}
