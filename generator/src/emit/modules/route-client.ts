import type { MessageIr, RouteIr } from '../../ir.js'
import { hasArguments } from '../claim-names.js'
import type { Layout } from '../layout.js'
import type { Module } from '../module.js'
import { isOptional, type Plan } from '../plan.js'
import { RouteModule } from '../route-module.js'
import type { RouteNames } from '../route-names.js'
import { channelArguments, channelOperands, messagesType } from './channel-types.js'
import { clientDefinition } from './client-definition.js'
import { describeChannel, describeMessage, describeRoute, isGuarded } from './facts.js'
import { generic, interfaceOf, type Method, type Property, property, readonlyProperty } from './members.js'
import { type AskIr, asksIn, errorsType, eventsIn, failingOf } from './message-types.js'

const client = '@wirepact/client'

/** `<route>/client.ts`: the types of a connection to the route, and its definition for the client. */
export function routeClientModule(plan: Plan, route: RouteIr, names: RouteNames): Module {
  const module = new RouteModule(plan, route, names)
  const statements = [
    eventsType(module),
    ...route.channels.map((channel) => messagesType(channel, module)),
    ...failingOf(route).map((message) => errorsType(message, module)),
    ...answersType(module),
    ...channelsType(module),
    ...argumentsType(module, plan),
    connectionType(module),
    clientDefinition(module),
  ]
  return { path: `${route.name}/client.ts`, imports: module.imports, statements }
}

/** Whether a connection can be asked for without saying anything. */
export function areArgumentsOptional({ params, query }: RouteIr, plan: Plan): boolean {
  return params === null && (query === null || isOptional(plan, query.schema))
}

function eventsType(module: RouteModule): string {
  return interfaceOf({
    name: module.names.of('Events'),
    docs: { paragraphs: ['What the server sends, by name.'] },
    properties: eventsIn(module.route.serverToClient).map((event) => ({
      name: event.name,
      type: module.type(event.data, 'null'),
      docs: describeMessage(event),
    })),
  })
}

/** What the server asks of the client. */
function answersType(module: RouteModule): string[] {
  const asks = asksIn(module.route.serverToClient)
  if (asks.length === 0) return []
  const properties = asks.map(
    (ask): Property => ({ name: ask.name, type: answerType(ask, module), docs: describeMessage(ask) }),
  )
  const docs = { paragraphs: ['What the server asks, and how it is answered.'] }
  return [interfaceOf({ name: module.names.of('Answers'), docs, properties })]
}

function answerType(ask: AskIr, module: RouteModule): Layout {
  const handler = ask.kind === 'request' ? 'RequestHandler' : 'StreamHandler'
  return generic(module.imports.type(client, handler), askOperands(ask, module))
}

/** The input, what comes back, and the errors where there are any. */
function askOperands(ask: AskIr, module: RouteModule): Layout[] {
  const output = ask.kind === 'request' ? ask.output : ask.item
  const operands = [module.type(ask.input, 'void'), module.type(output, 'void')]
  return ask.errors.length > 0 ? [...operands, module.names.ofMessage(ask, 'Errors')] : operands
}

function channelsType(module: RouteModule): string[] {
  const { route, names, imports } = module
  if (route.channels.length === 0) return []
  const methods = route.channels.map((channel): Method => {
    const type = channel.join === 'handler' ? 'Channel' : 'SubscribableChannel'
    return {
      name: channel.key,
      parameters: channelArguments(channel, module, true),
      returns: generic(imports.type(client, type), channelOperands(channel, module)),
      docs: describeChannel(channel),
    }
  })
  return [interfaceOf({ name: names.of('Channels'), methods })]
}

function argumentsType(module: RouteModule, plan: Plan): string[] {
  const { route, names } = module
  if (!hasArguments(route)) return []
  const { params, query, headers, cookies } = route
  const properties: Property[] = []
  if (params !== null) properties.push(property('params', module.type(params.schema, '')))
  if (query !== null) {
    const type = module.type(query.schema, '')
    properties.push(isOptional(plan, query.schema) ? optional('query', type) : property('query', type))
  }
  const fromOutside = 'Only where the platform can send them: a browser sends those that it has.'
  for (const [name, given] of Object.entries({ headers, cookies })) {
    if (given === undefined) continue
    properties.push({ ...optional(name, module.type(given.schema, '')), docs: { paragraphs: [fromOutside] } })
  }
  const docs = { paragraphs: ['Where and how to connect.'] }
  return [interfaceOf({ name: names.of('Arguments'), docs, properties })]
}

function optional(name: string, type: string): Property {
  return { name, type: `${type} | undefined`, isOptional: true }
}

function connectionType(module: RouteModule): string {
  const { route, names, imports } = module
  const channels = route.channels.length > 0 ? [readonlyProperty('channels', names.of('Channels'))] : []
  const answering =
    asksIn(route.serverToClient).length > 0
      ? [generic(imports.type(client, 'Answering'), [names.of('Answers')])]
      : []
  const refreshing = isGuarded(route) ? [imports.type(client, 'Refreshing')] : []
  return interfaceOf({
    name: names.of('Connection'),
    docs: describeRoute(route),
    extends: [generic(imports.type(client, 'Connection'), [names.of('Events')]), ...answering, ...refreshing],
    properties: [...channels, ...asksIn(route.clientToServer).map((ask) => callProperty(ask, module))],
    methods: eventsIn(route.clientToServer).map((event) => sendMethod(event, module)),
  })
}

function callProperty(ask: AskIr, module: RouteModule): Property {
  const call = module.imports.type(client, ask.kind === 'request' ? 'Call' : 'StreamCall')
  const type = generic(call, askOperands(ask, module))
  return { name: ask.name, type, docs: describeMessage(ask), isReadonly: true }
}

function sendMethod(event: MessageIr & { kind: 'event' }, module: RouteModule): Method {
  return {
    name: event.name,
    parameters: [
      event.data === null ? ['data?', 'null'] : ['data', module.type(event.data, '')],
      ['options?', module.imports.type(client, 'SendOptions')],
    ],
    returns: module.imports.type(client, 'Sent'),
    docs: describeMessage(event),
  }
}
