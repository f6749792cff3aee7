import type { EventIr, RequestIr, RouteIr, StreamIr } from '../../ir.js'
import type { Layout } from '../layout.js'
import { quote } from '../literal.js'
import type { RouteModule } from '../route-module.js'
import { channelArguments } from './channel-types.js'
import { describeChannel, describeMessage, describeRoute } from './facts.js'
import {
  generic,
  interfaceOf,
  type Method,
  nothing,
  objectType,
  type Property,
  property,
  readonlyProperty,
  typeOf,
} from './members.js'
import { type AskIr, errorsType, eventsIn } from './message-types.js'

const runtime = '@wirepact/runtime'

/** What the route's handlers are given: its context, and the parts of it. */
export function contextTypes(module: RouteModule): string[] {
  const { route, names } = module
  const channels = interfaceOf({ name: names.of('Channels'), methods: channelMethods(module) })
  return [
    ...(route.channels.length > 0 ? [channels] : []),
    ...(route.serverToClient.length > 0 ? [peerType(module)] : []),
    ...(canReach(route) ? recipientTypes(module) : []),
    ...(canIterate(route) ? [incomingType(module)] : []),
    contextType(module),
  ]
}

function channelMethods(module: RouteModule): Method[] {
  return module.route.channels.map((channel) => ({
    name: channel.key,
    parameters: channelArguments(channel, module, true),
    returns: module.names.ofChannel(channel, 'Member'),
    docs: describeChannel(channel),
  }))
}

function peerType(module: RouteModule): string {
  const { serverToClient } = module.route
  const asks = serverToClient.some((message) => message.kind !== 'event')
  return interfaceOf({
    name: module.names.of('Peer'),
    docs: { paragraphs: [`What the server can send to this client${asks ? ', and ask of it' : ''}.`] },
    members: serverToClient.map((message) =>
      message.kind === 'request' ? askProperty(message, module) : peerMethod(message, module),
    ),
  })
}

/** A request is a function with a `safe` form. */
function askProperty(message: RequestIr, module: RouteModule): Property {
  const { names, imports } = module
  const operands = [module.type(message.input, 'void'), module.type(message.output, 'void')]
  const errors = message.errors.length > 0 ? [names.ofMessage(message, 'Errors')] : []
  const type = generic(imports.type(runtime, 'Ask'), [...operands, ...errors])
  return { name: message.name, type, docs: describeMessage(message) }
}

function peerMethod(message: EventIr | StreamIr, module: RouteModule): Method {
  const { name } = message
  const docs = describeMessage(message)
  const data = message.kind === 'event' ? message.data : message.input
  const payload = module.type(data, 'undefined')
  if (message.kind === 'event')
    return { name, docs, parameters: data === null ? [] : [['data', payload]], returns: 'void' }
  const options = module.imports.type(runtime, 'ReadOptions')
  // Without an input and with options, the input stands as undefined.
  const input = data === null ? (['input?', 'undefined'] as const) : (['input', payload] as const)
  return {
    name,
    docs: { ...docs, tags: [...(docs.tags ?? []), throwsTag(message, module)] },
    parameters: [input, ['options?', options]],
    returns: generic('AsyncIterableIterator', [module.type(message.item, '')]),
  }
}

/** Whether the server can send anything to others than the client that a handler is for. Streams it cannot. */
export function canReach({ serverToClient }: RouteIr): boolean {
  return serverToClient.some(({ kind }) => kind !== 'stream')
}

/** What can be sent to others, and asked of them. */
function recipientTypes(module: RouteModule): string[] {
  const { route, names } = module
  const everybody = interfaceOf({
    name: names.of('Recipients'),
    docs: { paragraphs: ['What the server can send to every connection of somebody.'] },
    methods: eventsIn(route.serverToClient).map((event) => recipientMethod(event, module)),
  })
  const requests = requestsOf(route)
  if (requests.length === 0) return [everybody]
  const one = interfaceOf({
    name: names.of('Recipient'),
    docs: { paragraphs: ['What the server can send to one connection, wherever it is, and ask of it.'] },
    extends: [names.of('Recipients')],
    properties: requests.map((request) => askProperty(request, module)),
  })
  return [everybody, one]
}

/** Resolves with how many connections of this node it was sent to. */
function recipientMethod(event: EventIr, module: RouteModule): Method {
  return { ...peerMethod(event, module), returns: generic('Promise', ['number']) }
}

/** How messages are sent to somebody: to a connection, or to all that a user has. */
function toMethods(module: RouteModule): Method[] {
  const { route, names, imports } = module
  if (!canReach(route)) return []
  const connection = imports.type(runtime, 'ConnectionTarget')
  const user = imports.type(runtime, 'UserTarget')
  const all = names.of('Recipients')
  const paragraphs = [
    'Sends to that connection, or to every connection of that user, on whichever node; resolves with how many are here.',
  ]
  if (requestsOf(route).length === 0) {
    const target = `${connection} | ${user}`
    return [{ name: 'to', parameters: [['target', target]], returns: all, docs: { paragraphs } }]
  }
  return [
    {
      name: 'to',
      parameters: [['target', connection]],
      returns: names.of('Recipient'),
      docs: { paragraphs },
    },
    { name: 'to', parameters: [['target', user]], returns: all },
  ]
}

/** Whether the messages of the route can be read one by one. */
export function canIterate({ wire, clientToServer }: RouteIr): boolean {
  return wire === 'bare' && clientToServer.length > 0
}

/** What comes in, as one type. */
function incomingType(module: RouteModule): string {
  const { route, names } = module
  const items = eventsIn(route.clientToServer).map((event) =>
    objectType([`readonly name: ${quote(event.name)}`, ['readonly data: ', module.type(event.data, 'null')]]),
  )
  const docs = { paragraphs: ['A message of a client, for who reads them one by one.'] }
  return typeOf(names.of('Incoming'), { items, between: ' |', bullet: '| ' }, docs)
}

function messagesMethods(module: RouteModule): Method[] {
  if (!canIterate(module.route)) return []
  const paragraphs = [
    'The messages that have no handler, until the disconnect. Begin to read before the `connect` handler returns.',
  ]
  return [
    {
      name: 'messages',
      parameters: [['options?', module.imports.type(runtime, 'MessagesOptions')]],
      returns: generic('AsyncIterableIterator', [module.names.of('Incoming')]),
      docs: { paragraphs },
    },
  ]
}

/** What the server asks and is given one answer to. */
export function requestsOf(route: RouteIr): RequestIr[] {
  return route.serverToClient.filter((message) => message.kind === 'request')
}

/** What the client's answer can fail with. TypeScript has no type for it, so it is said. */
function throwsTag(message: StreamIr, module: RouteModule): string | undefined {
  if (message.errors.length === 0) return undefined
  const errors = module.names.ofMessage(message, 'Errors')
  return `@throws An \`AskError<${errors}>\` of \`${runtime}\`.`
}

function contextType(module: RouteModule): string {
  const { route, names } = module
  const state = route.state === undefined ? [] : stateOperands(route.state, module)
  return interfaceOf({
    name: names.of('Context'),
    docs: describeRoute(route),
    extends: [generic(module.imports.type(runtime, 'Context'), state)],
    properties: [
      readonlyProperty('params', module.type(route.params?.schema ?? null, nothing)),
      readonlyProperty('query', module.type(route.query?.schema ?? null, nothing)),
      ...declared('headers', route.headers?.schema, module),
      ...declared('cookies', route.cookies?.schema, module),
      readonlyProperty('channels', route.channels.length > 0 ? names.of('Channels') : nothing),
      readonlyProperty('client', route.serverToClient.length > 0 ? names.of('Peer') : nothing),
    ],
    methods: [...toMethods(module), ...messagesMethods(module)],
  })
}

/** The type of the state, and which of its properties are there from the start. */
function stateOperands(state: string, module: RouteModule): Layout[] {
  const start = Object.keys(module.defaultsOf(state)).map(quote)
  return [module.type(state, ''), ...(start.length > 0 ? [start.join(' | ')] : [])]
}

function declared(name: string, schema: string | undefined, module: RouteModule): Property[] {
  return schema === undefined ? [] : [readonlyProperty(name, module.type(schema, ''))]
}

/** The errors of a message, and the context that makes them. */
export function failingTypes(message: AskIr, module: RouteModule): string[] {
  const { names, imports } = module
  const errors = names.ofMessage(message, 'Errors')
  const factories = generic(imports.type(runtime, 'ErrorFactories'), [errors])
  return [
    errorsType(message, module),
    interfaceOf({
      name: names.ofMessage(message, 'Context'),
      extends: [names.of('Context')],
      properties: [{ ...property('errors', factories), isReadonly: true }],
    }),
  ]
}
