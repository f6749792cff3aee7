import type { ChannelIr, MessageIr, RouteIr } from '../../ir.js'
import { describe } from '../doc-comment.js'
import { render } from '../layout.js'
import { objectLiteral, quote } from '../literal.js'
import type { Plan } from '../plan.js'
import { RouteModule } from '../route-module.js'
import type { RouteNames } from '../route-names.js'
import type { Module, Statement } from '../source-file.js'
import {
  channelArguments,
  interfaceOf,
  type Method,
  type Property,
  property,
  readonlyProperty,
} from './members.js'
import { channelOperands, errorsType, eventsOf, failingRequests, messagesType } from './route-server.js'

const client = '@wirepact/client'

/** `<route>/client.ts`: the types of a connection to the route, and its definition for the client. */
export function routeClientModule(plan: Plan, route: RouteIr, names: RouteNames): Module {
  claimClientNames(route, names)
  const module = new RouteModule(plan, route, names)
  const statements = [
    eventsType(module),
    ...route.channels.map((channel) => messagesType(channel, module)),
    ...failingRequests(route).map((request) => errorsType(request, module)),
    ...channelsType(module),
    ...argumentsType(module),
    connectionType(module),
    clientDefinition(module),
  ]
  return { path: `${route.name}/client.ts`, imports: module.imports, statements }
}

/** Every name that the module declares, so that nothing imported takes one of them. */
function claimClientNames(route: RouteIr, names: RouteNames): void {
  names.of('Events')
  for (const channel of route.channels) names.ofChannel(channel, 'Messages')
  for (const request of failingRequests(route)) names.ofRequest(request, 'Errors')
  if (route.channels.length > 0) names.of('Channels')
  if (hasArguments(route)) names.of('Arguments')
  names.of('Connection')
}

export function hasArguments(route: RouteIr): boolean {
  return route.params !== null || route.query !== null
}

/** Whether a connection can be asked for without saying anything. */
export function areArgumentsOptional(module: RouteModule): boolean {
  const { params, query } = module.route
  return params === null && (query === null || module.isOptional(query.schema))
}

function eventsType(module: RouteModule): Statement {
  return interfaceOf({
    name: module.names.of('Events'),
    docs: { paragraphs: ['What the server sends, by name.'] },
    properties: eventsOf(module.route.serverToClient).map((event) =>
      property(event.name, module.type(event.data, 'null'), event),
    ),
  })
}

function channelsType(module: RouteModule): Statement[] {
  const { route, names } = module
  if (route.channels.length === 0) return []
  const methods = route.channels.map(
    (channel): Method => ({
      name: channel.key,
      parameters: channelArguments(channel, route, true),
      returns: `${channelType(channel, module)}<${channelOperands(channel, module)}>`,
      docs: describe(channel),
    }),
  )
  return [interfaceOf({ name: names.of('Channels'), methods })]
}

function channelType(channel: ChannelIr, module: RouteModule): string {
  return module.imports.type(client, channel.join === 'handler' ? 'Channel' : 'SubscribableChannel')
}

function argumentsType(module: RouteModule): Statement[] {
  const { params, query } = module.route
  const properties: Property[] = []
  if (params !== null) properties.push(property('params', module.type(params.schema, '')))
  if (query !== null) properties.push(queryProperty(query.schema, module))
  if (properties.length === 0) return []
  const docs = { paragraphs: ['Where and how to connect.'] }
  return [interfaceOf({ name: module.names.of('Arguments'), docs, properties })]
}

function queryProperty(schema: string, module: RouteModule): Property {
  const type = module.type(schema, '')
  if (!module.isOptional(schema)) return property('query', type)
  return { ...property('query', `${type} | undefined`), hasQuestionToken: true }
}

function connectionType(module: RouteModule): Statement {
  const { route, names, imports } = module
  const channels = route.channels.length > 0 ? [readonlyProperty('channels', names.of('Channels'))] : []
  const requests = route.clientToServer.filter((message) => message.kind === 'request')
  const events = eventsOf(route.clientToServer)
  return interfaceOf({
    name: names.of('Connection'),
    docs: describe(route),
    extends: [`${imports.type(client, 'Connection')}<${names.of('Events')}>`],
    properties: [
      ...channels,
      ...requests.map((request) => readonlyProperty(request.name, callType(request, module), request)),
    ],
    methods: events.map((event) => ({
      name: event.name,
      parameters: event.data === null ? [] : [['data', module.type(event.data, '')] as const],
      returns: imports.type(client, 'Sent'),
      docs: describe(event),
    })),
  })
}

function callType(request: MessageIr & { kind: 'request' }, module: RouteModule): string {
  const { names, imports } = module
  const operands = [module.type(request.input, 'void'), module.type(request.output, 'void')]
  if (request.errors.length > 0) operands.push(names.ofRequest(request, 'Errors'))
  return `${imports.type(client, 'Call')}<${operands.join(', ')}>`
}

/** The route as the client reads it. */
function clientDefinition({ route, names, imports }: RouteModule): string {
  const calls = route.clientToServer.map((message) => [message.name, quote(message.kind)])
  const channels = route.channels.map(({ key, name, join, presence }) => {
    return [key, objectLiteral({ name: quote(name), join: quote(join), presence: String(presence !== null) })]
  })
  const definition = objectLiteral({
    name: quote(route.name),
    path: quote(route.path),
    calls: objectLiteral(Object.fromEntries(calls)),
    channels: objectLiteral(Object.fromEntries(channels)),
  })
  const start = `export const ${names.route}: ${imports.type(client, 'RouteDefinition')} = `
  return start + render(definition, { column: start.length })
}
