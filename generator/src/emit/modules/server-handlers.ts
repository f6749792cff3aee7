import type { ChannelIr, MessageIr } from '../../ir.js'
import type { Layout } from '../layout.js'
import { typeKey } from '../literal.js'
import type { RouteModule } from '../route-module.js'
import { channelOperands, paramsType } from './channel-types.js'
import { describeMessage, isGuarded } from './facts.js'
import { generic, interfaceOf, type Method, methodMember, objectType, type Property } from './members.js'

const runtime = '@wirepact/runtime'

/** The interface that the user implements: a method for each message that comes in, and the connection's life. */
export function handlersType(module: RouteModule): string {
  const { route, names, imports } = module
  const context: readonly [string, string] = ['ctx', names.of('Context')]
  const ended: readonly [string, string] = ['end', imports.type(runtime, 'Disconnect')]
  const maybe = { returns: 'void | Promise<void>', isOptional: true }
  return interfaceOf({
    name: names.of('Handlers'),
    docs: {
      paragraphs: [
        `Handlers of the route \`${route.name}\`: an object, or a class with one instance per connection.`,
      ],
    },
    properties: [...authorizeProperty(module), ...hooksProperty(module)],
    methods: [
      { name: 'connect', parameters: [context], ...maybe },
      { name: 'disconnect', parameters: [context, ended], ...maybe },
      ...(isGuarded(route) ? [{ ...refreshMethod(context), ...maybe }] : []),
      ...route.clientToServer.map((message) => messageMethod(message, module)),
    ],
  })
}

function refreshMethod(context: readonly [string, string]): Pick<Method, 'name' | 'parameters' | 'docs'> {
  const paragraphs = [
    'Decides about a fresh credential, and grants anew. What it throws refuses: `UNAUTHENTICATED` or `FORBIDDEN` close.',
  ]
  return { name: 'refresh', parameters: [context, ['token', 'string | undefined']], docs: { paragraphs } }
}

function messageMethod(message: MessageIr, module: RouteModule): Method {
  const data = message.kind === 'event' ? message.data : message.input
  const payloadName = message.kind === 'event' ? 'data' : 'input'
  const payload: (readonly [string, string])[] = data === null ? [] : [[payloadName, module.type(data, '')]]
  return {
    name: message.name,
    parameters: [['ctx', contextOf(message, module)], ...payload],
    returns: resultOf(message, module),
    docs: describeMessage(message),
    // On a bare route `ctx.messages()` has what no handler takes.
    ...(module.route.wire === 'bare' && { isOptional: true }),
  }
}

function contextOf(message: MessageIr, { names }: RouteModule): string {
  const canFail = message.kind !== 'event' && message.errors.length > 0
  return canFail ? names.ofMessage(message, 'Context') : names.of('Context')
}

function resultOf(message: MessageIr, module: RouteModule): Layout {
  if (message.kind === 'stream') return generic('AsyncIterable', [module.type(message.item, '')])
  const output = message.kind === 'event' ? 'void' : module.type(message.output, 'void')
  return `${output} | Promise<${output}>`
}

/** Who decides about memberships that clients ask for. */
function authorizeProperty(module: RouteModule): Property[] {
  const guarded = module.route.channels.filter((channel) => channel.join === 'guarded')
  if (guarded.length === 0) return []
  const methods = guarded.map((channel) => methodMember(authorizeMethod(channel, module)))
  const docs = { paragraphs: ['Decides whether a client that asks becomes a member of a channel.'] }
  return [{ name: 'authorize', type: objectType(methods), docs }]
}

/** What the server's code is told of the lives of channels; all of it may be left out. */
function hooksProperty(module: RouteModule): Property[] {
  const { route, imports } = module
  if (route.channels.length === 0) return []
  const members = route.channels.map((channel): Layout => {
    const target = generic(imports.type(runtime, 'Channel'), channelOperands(channel, module))
    const hooks = channel.latest === undefined ? 'ChannelHooks' : 'LatestHooks'
    const type = generic(imports.type(runtime, hooks), [target, paramsType(channel, module)])
    return [`readonly ${typeKey(channel.key)}?: `, type]
  })
  const docs = { paragraphs: ['What is to happen in the lives of channels on this server.'] }
  return [{ name: 'channels', type: objectType(members), docs, isReadonly: true, isOptional: true }]
}

function authorizeMethod(channel: ChannelIr, module: RouteModule): Method {
  const operands = [paramsType(channel, module), module.type(channel.presence, 'undefined')]
  const request = generic(module.imports.type(runtime, 'JoinRequest'), operands)
  return {
    name: channel.key,
    parameters: [
      ['ctx', module.names.of('Context')],
      ['request', request],
    ],
    returns: 'boolean | Promise<boolean>',
  }
}
