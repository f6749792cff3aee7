import type { ChannelIr, RouteIr } from '../../ir.js'
import { keysDeclared } from '../literal.js'
import type { Module } from '../module.js'
import type { Plan } from '../plan.js'
import { RouteModule } from '../route-module.js'
import type { RouteNames } from '../route-names.js'
import { channelArguments, channelOperands, messagesType } from './channel-types.js'
import { describeChannel } from './facts.js'
import { generic, interfaceOf, type Method, typeOf } from './members.js'
import { errorsType, failing } from './message-types.js'
import { contextTypes, failingTypes } from './server-context.js'
import { serverDefinition } from './server-definition.js'
import { handlersType } from './server-handlers.js'

const runtime = '@wirepact/runtime'

/** `<route>/server.ts`: the types of the route's handlers, and its definition for the runtime. */
export function routeServerModule(plan: Plan, route: RouteIr, names: RouteNames): Module {
  const module = new RouteModule(plan, route, names)
  const definition = serverDefinition(module)
  const statements = [
    keysDeclared(definition),
    ...route.channels.flatMap((channel) => channelTypes(channel, module)),
    ...failing(route.serverToClient).map((message) => errorsType(message, module)),
    ...contextTypes(module),
    ...failing(route.clientToServer).flatMap((message) => failingTypes(message, module)),
    handlersType(module),
    ...serverChannelsType(module),
    definition,
  ]
  return { path: `${route.name}/server.ts`, imports: module.imports, statements }
}

function channelTypes(channel: ChannelIr, module: RouteModule): string[] {
  const member = module.names.ofChannel(channel, 'Member')
  const type = generic(module.imports.type(runtime, 'MemberChannel'), channelOperands(channel, module))
  return [messagesType(channel, module), typeOf(member, type, describeChannel(channel))]
}

function serverChannelsType(module: RouteModule): string[] {
  const { route, names, imports } = module
  if (route.channels.length === 0) return []
  const methods = route.channels.map(
    (channel): Method => ({
      name: channel.key,
      parameters: channelArguments(channel, module, false),
      returns: generic(imports.type(runtime, 'Channel'), channelOperands(channel, module)),
      docs: describeChannel(channel),
    }),
  )
  const docs = { paragraphs: ["The route's channels outside of a connection."] }
  return [interfaceOf({ name: names.of('ServerChannels'), docs, methods })]
}
