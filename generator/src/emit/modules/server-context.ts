import type { MessageIr } from '../../ir.js'
import type { RouteModule } from '../route-module.js'
import { channelArguments } from './channel-types.js'
import { describeChannel, describeMessage, describeRoute } from './facts.js'
import {
  generic,
  interfaceOf,
  type Method,
  nothing,
  type Property,
  property,
  readonlyProperty,
} from './members.js'
import { type AskIr, errorsType } from './message-types.js'

const runtime = '@wirepact/runtime'

/** What the route's handlers are given: its context, and the parts of it. */
export function contextTypes(module: RouteModule): string[] {
  const { route, names } = module
  const channels = interfaceOf({ name: names.of('Channels'), methods: channelMethods(module) })
  return [
    ...(route.channels.length > 0 ? [channels] : []),
    ...(route.serverToClient.length > 0 ? [peerType(module)] : []),
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
    methods: serverToClient.map((message) => peerMethod(message, module)),
  })
}

function peerMethod(message: MessageIr, module: RouteModule): Method {
  const { name } = message
  const docs = describeMessage(message)
  const data = message.kind === 'event' ? message.data : message.input
  const payload = module.type(data, 'undefined')
  if (message.kind === 'event')
    return { name, docs, parameters: data === null ? [] : [['data', payload]], returns: 'void' }
  const options = module.imports.type(runtime, message.kind === 'request' ? 'AskOptions' : 'ReadOptions')
  // Without an input and with options, the input stands as undefined.
  const input = data === null ? (['input?', 'undefined'] as const) : (['input', payload] as const)
  const parameters = [input, ['options?', options]] as const
  return {
    name,
    docs: { ...docs, tags: [...(docs.tags ?? []), throwsTag(message, module)] },
    parameters,
    returns: answerType(message, module),
  }
}

/** What the client's answer can fail with. TypeScript has no type for it, so it is said. */
function throwsTag(message: AskIr, module: RouteModule): string | undefined {
  if (message.errors.length === 0) return undefined
  const errors = module.names.ofMessage(message, 'Errors')
  return `@throws An \`AskError<${errors}>\` of \`${runtime}\`.`
}

function answerType(message: AskIr, module: RouteModule) {
  if (message.kind === 'stream') return generic('AsyncIterableIterator', [module.type(message.item, '')])
  return generic('Promise', [module.type(message.output, 'void')])
}

function contextType(module: RouteModule): string {
  const { route, names } = module
  const state = route.state === undefined ? [] : [module.type(route.state, '')]
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
  })
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
