import { StructureKind } from 'ts-morph'
import type { ChannelIr, EventIr, MessageIr, RequestIr, RouteIr } from '../../ir.js'
import { describe } from '../doc-comment.js'
import { typeKey } from '../literal.js'
import type { Plan } from '../plan.js'
import { RouteModule } from '../route-module.js'
import type { RouteNames } from '../route-names.js'
import { type Module, type Statement, toDocs } from '../source-file.js'
import { channelArguments, interfaceOf, type Method, nothing, property, readonlyProperty } from './members.js'
import { serverDefinition } from './server-definition.js'

const runtime = '@wirepact/runtime'

/** `<route>/server.ts`: the types of the route's handlers, and its definition for the runtime. */
export function routeServerModule(plan: Plan, route: RouteIr, names: RouteNames): Module {
  claimServerNames(route, names)
  const module = new RouteModule(plan, route, names)
  const statements = [
    ...route.channels.flatMap((channel) => channelTypes(channel, module)),
    ...contextTypes(module),
    ...failingRequests(route).flatMap((request) => requestTypes(request, module)),
    handlersType(module),
    ...serverChannelsType(module),
    serverDefinition(module),
  ]
  return { path: `${route.name}/server.ts`, imports: module.imports, statements }
}

/** Every name that the module declares, so that nothing imported takes one of them. */
function claimServerNames(route: RouteIr, names: RouteNames): void {
  for (const channel of route.channels) {
    names.ofChannel(channel, 'Messages')
    names.ofChannel(channel, 'Member')
  }
  if (route.channels.length > 0) names.of('Channels')
  if (route.serverToClient.length > 0) names.of('Peer')
  names.of('Context')
  for (const request of failingRequests(route)) {
    names.ofRequest(request, 'Errors')
    names.ofRequest(request, 'Context')
  }
  names.of('Handlers')
  if (route.channels.length > 0) names.of('ServerChannels')
}

export function eventsOf(messages: readonly MessageIr[]): EventIr[] {
  return messages.filter((message) => message.kind === 'event')
}

export function failingRequests(route: RouteIr): RequestIr[] {
  return route.clientToServer.filter(
    (message) => message.kind === 'request' && message.errors.length > 0,
  ) as RequestIr[]
}

function channelTypes(channel: ChannelIr, module: RouteModule): Statement[] {
  const member = module.names.ofChannel(channel, 'Member')
  const type = `${module.imports.type(runtime, 'MemberChannel')}<${channelOperands(channel, module)}>`
  return [
    messagesType(channel, module),
    { kind: StructureKind.TypeAlias, name: member, isExported: true, type, docs: toDocs(describe(channel)) },
  ]
}

/** What a channel's types are made with: its messages, and its presence where it has any. */
export function channelOperands(channel: ChannelIr, module: RouteModule): string {
  const messages = module.names.ofChannel(channel, 'Messages')
  return channel.presence === null ? messages : `${messages}, ${module.type(channel.presence, '')}`
}

export function messagesType(channel: ChannelIr, module: RouteModule): Statement {
  return interfaceOf({
    name: module.names.ofChannel(channel, 'Messages'),
    docs: { paragraphs: [`Messages of the channel \`${channel.name}\`.`] },
    properties: channel.messages.map((message) =>
      property(message.name, module.type(message.data, 'null'), message),
    ),
  })
}

function contextTypes(module: RouteModule): Statement[] {
  const { route, names } = module
  const types: Statement[] = []
  if (route.channels.length > 0)
    types.push(interfaceOf({ name: names.of('Channels'), methods: channelMethods(module) }))
  if (route.serverToClient.length > 0) types.push(peerType(module))
  return [...types, contextType(module)]
}

function channelMethods({ route, names }: RouteModule): Method[] {
  return route.channels.map((channel) => ({
    name: channel.key,
    parameters: channelArguments(channel, route, true),
    returns: names.ofChannel(channel, 'Member'),
    docs: describe(channel),
  }))
}

function peerType(module: RouteModule): Statement {
  const methods = eventsOf(module.route.serverToClient).map(
    (event): Method => ({
      name: event.name,
      parameters: event.data === null ? [] : [['data', module.type(event.data, '')]],
      returns: 'void',
      docs: describe(event),
    }),
  )
  return interfaceOf({
    name: module.names.of('Peer'),
    docs: { paragraphs: ['What the server can send to this client.'] },
    methods,
  })
}

function contextType(module: RouteModule): Statement {
  const { route, names } = module
  return interfaceOf({
    name: names.of('Context'),
    docs: describe(route),
    extends: [module.imports.type(runtime, 'Context')],
    properties: [
      readonlyProperty('params', module.type(route.params?.schema ?? null, nothing)),
      readonlyProperty('query', module.type(route.query?.schema ?? null, nothing)),
      readonlyProperty('channels', route.channels.length > 0 ? names.of('Channels') : nothing),
      readonlyProperty('client', route.serverToClient.length > 0 ? names.of('Peer') : nothing),
    ],
  })
}

/** What a request can be refused with. */
export function errorsType(request: RequestIr, module: RouteModule): Statement {
  return interfaceOf({
    name: module.names.ofRequest(request, 'Errors'),
    docs: { paragraphs: [`Errors of the request \`${request.name}\`: the data of each, by its code.`] },
    properties: request.errors.map((error) => property(error.code, module.type(error.data, 'void'))),
  })
}

function requestTypes(request: RequestIr, module: RouteModule): Statement[] {
  const { names, imports } = module
  const factories = `${imports.type(runtime, 'ErrorFactories')}<${names.ofRequest(request, 'Errors')}>`
  return [
    errorsType(request, module),
    interfaceOf({
      name: names.ofRequest(request, 'Context'),
      extends: [names.of('Context')],
      properties: [readonlyProperty('errors', factories)],
    }),
  ]
}

function handlersType(module: RouteModule): Statement {
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
    properties: authorizeProperty(module),
    methods: [
      { name: 'connect', parameters: [context], ...maybe },
      { name: 'disconnect', parameters: [context, ended], ...maybe },
      ...route.clientToServer.map((message) => messageMethod(message, module)),
    ],
  })
}

function messageMethod(message: MessageIr, module: RouteModule): Method {
  const context = contextOf(message, module)
  const data = message.kind === 'event' ? message.data : message.input
  const payload: (readonly [string, string])[] =
    data === null ? [] : [[payloadName(message), module.type(data, '')]]
  return {
    name: message.name,
    parameters: [['ctx', context], ...payload],
    returns: resultOf(message, module),
    docs: describe(message),
  }
}

function resultOf(message: MessageIr, module: RouteModule): string {
  if (message.kind === 'stream') return `AsyncIterable<${module.type(message.item, '')}>`
  const output = message.kind === 'event' ? 'void' : module.type(message.output, 'void')
  return `${output} | Promise<${output}>`
}

function contextOf(message: MessageIr, { names }: RouteModule): string {
  const canFail = message.kind === 'request' && message.errors.length > 0
  return canFail ? names.ofRequest(message, 'Context') : names.of('Context')
}

function payloadName(message: MessageIr): string {
  return message.kind === 'event' ? 'data' : 'input'
}

/** Who decides about memberships that clients ask for. */
function authorizeProperty(module: RouteModule) {
  const guarded = module.route.channels.filter((channel) => channel.join === 'guarded')
  if (guarded.length === 0) return []
  const methods = guarded.map((channel) => {
    const params = channel.params.map(({ name }) => `${typeKey(name)}: string`)
    const given = params.length === 0 ? nothing : `{ ${params.join('; ')} }`
    const request = `${module.imports.type(runtime, 'JoinRequest')}<${given}, ${module.type(channel.presence, 'undefined')}>`
    return `${typeKey(channel.key)}(ctx: ${module.names.of('Context')}, request: ${request}): boolean | Promise<boolean>`
  })
  const docs = { description: 'Decides whether a client that asks becomes a member of a channel.' }
  return [property('authorize', `{\n${methods.map((method) => `  ${method}\n`).join('')}}`, docs)]
}

function serverChannelsType(module: RouteModule): Statement[] {
  const { route, names, imports } = module
  if (route.channels.length === 0) return []
  const methods = route.channels.map(
    (channel): Method => ({
      name: channel.key,
      parameters: channelArguments(channel, route, false),
      returns: `${imports.type(runtime, 'Channel')}<${channelOperands(channel, module)}>`,
      docs: describe(channel),
    }),
  )
  const docs = { paragraphs: ["The route's channels outside of a connection."] }
  return [interfaceOf({ name: names.of('ServerChannels'), docs, methods })]
}
