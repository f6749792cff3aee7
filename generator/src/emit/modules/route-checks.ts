import type { ChannelIr, RouteIr } from '../../ir.js'
import { type Layout, render } from '../layout.js'
import { keysDeclared, objectLiteral, quote, recordLiteral } from '../literal.js'
import type { Module } from '../module.js'
import type { Plan } from '../plan.js'
import { RouteModule } from '../route-module.js'
import type { RouteNames } from '../route-names.js'
import { type AskIr, asksIn, eventsIn } from './message-types.js'

/**
 * `<route>/checks.ts`: what the server sends, by the names of its schemas. A client loads it when the server was made
 * from another schema.
 */
export function routeChecksModule(plan: Plan, route: RouteIr, names: RouteNames): Module {
  const module = new RouteModule(plan, route, names)
  const create = module.imports.value('@wirepact/client/checks', 'createChecks')
  const start = `export const checks: (core: never) => void = ${create}(${module.schemas(sentByServer(route))}, `
  const definition = objectLiteral({
    events: byName(eventsIn(route.serverToClient), ({ data }) => schemaName(data, module)),
    calls: byName(asksIn(route.clientToServer), (ask) => callChecks(ask, module)),
    answers: byName(asksIn(route.serverToClient), ({ input }) => schemaName(input, module)),
    channels: recordLiteral(route.channels.map((channel) => [channel.name, channelChecks(channel, module)])),
  })
  const statement = `${start}${render(definition, { column: start.length, after: 1 })})`
  const statements = [keysDeclared(statement), statement]
  return { path: `${route.name}/checks.ts`, imports: module.imports, statements }
}

/** The schemas of what the server sends on a route with Wirepact's envelope. */
export function sentByServer(route: RouteIr): string[] {
  if (route.wire === 'bare') return []
  const names = [
    ...eventsIn(route.serverToClient).map(({ data }) => data),
    ...asksIn(route.serverToClient).map(({ input }) => input),
    ...asksIn(route.clientToServer).flatMap((ask) => [answerOf(ask), ...ask.errors.map(({ data }) => data)]),
    ...route.channels.flatMap(({ presence, messages }) => [presence, ...messages.map(({ data }) => data)]),
  ]
  return [...new Set(names)].filter((name) => name !== null)
}

function answerOf(ask: AskIr): string | null {
  return ask.kind === 'request' ? ask.output : ask.item
}

function callChecks(ask: AskIr, module: RouteModule): Layout {
  const errors = ask.errors.map(({ code, data }): [string, Layout] => [code, schemaName(data, module)])
  return objectLiteral({ answer: schemaName(answerOf(ask), module), errors: recordLiteral(errors) })
}

function channelChecks({ messages, presence }: ChannelIr, module: RouteModule): Layout {
  return objectLiteral({
    messages: byName(messages, ({ data }) => schemaName(data, module)),
    presence: schemaName(presence, module),
  })
}

function schemaName(name: string | null, module: RouteModule): Layout {
  if (module.contentOf(name) === 'binary') return quote('binary')
  return name === null ? 'null' : quote(name)
}

function byName<Named extends { readonly name: string }>(
  list: readonly Named[],
  define: (named: Named) => Layout,
): Layout {
  return recordLiteral(list.map((named) => [named.name, define(named)]))
}
