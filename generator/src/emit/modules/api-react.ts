import type { RouteIr } from '../../ir.js'
import { hasArguments } from '../claim-names.js'
import { also, docText } from '../doc-comment.js'
import type { HookNames, NamedHooks } from '../hook-names.js'
import { fromModule, Imports, nameList } from '../imports.js'
import { type Layout, render } from '../layout.js'
import { member, quote } from '../literal.js'
import type { Module } from '../module.js'
import { compareNames, Names } from '../names.js'
import type { Plan } from '../plan.js'
import type { NamedRoutes } from '../route-names.js'
import { describeRoute } from './facts.js'
import { areArgumentsOptional } from './route-client.js'
import { functionHead } from './route-react.js'

/** `react.ts`: the provider of the client, and a hook for each route. */
export function apiReactModule(plan: Plan, hooks: NamedHooks, client: NamedRoutes): Module {
  const own = [...hooks.values()].map((names) => names.route)
  const locals = ['ClientProvider', 'useClient', 'context', 'client', 'args']
  const imports = new Imports(new Names([...own, ...locals]))
  const create = imports.value('@wirepact/client/react', 'createClientContext')
  const statements = [
    `const context = ${create}<${imports.type('./client.js', 'Client')}>()`,
    `/** Gives the hooks below it their client. */\nexport const ClientProvider = context.ClientProvider`,
    '/** The client of the nearest `ClientProvider`. */\nexport const useClient = context.useClient',
    ...[...hooks].map(([route, names]) => routeHook(route, names, { plan, imports, client })),
    [...hooks]
      .sort(([a], [b]) => compareNames(a.name, b.name))
      .flatMap(([route, names]) => exportsOf(route, names))
      .join('\n'),
  ]
  return { path: 'react.ts', directive: 'use client', imports, statements }
}

interface RouteHookOptions {
  readonly plan: Plan
  readonly imports: Imports
  readonly client: NamedRoutes
}

function routeHook(route: RouteIr, hooks: HookNames, { plan, imports, client }: RouteHookOptions): string {
  const names = client.get(route)
  if (names === undefined) return ''
  const from = `./${route.name}/client.js`
  const connection = imports.type(from, names.of('Connection'))
  const hasArgs = hasArguments(route)
  const isOptional = areArgumentsOptional(route, plan)
  const args = hasArgs
    ? [`args: ${imports.type(from, names.of('Arguments'))}${isOptional ? ' = {}' : ''}`]
    : []
  const head = functionHead(hooks.route, connection, args)
  const open = `(client) => ${member('client', route.name)}(${hasArgs ? 'args' : ''})`
  const items = [quote(route.name), hasArgs ? 'args' : '{}', open]
  const call: Layout = [
    '  return context.useConnection',
    { open: '(', close: ')', between: ',', trailing: ',', items },
  ]
  const fact = `A connection to \`${route.path}\` while the component is shown. Those with equal arguments are one.`
  return `${docText(also(describeRoute(route), fact))}${head}${render(call, { indent: 2, column: 0 })}\n}`
}

/** The hooks of the routes' own modules, from one place. */
function exportsOf(route: RouteIr, hooks: HookNames): string[] {
  const options = [...hooks.channels.values()].map((channel) => channel.options)
  const items = hooks.all().map((name) => ({ name, isType: options.includes(name) }))
  if (items.length === 0) return []
  const texts = items
    .sort((a, b) => compareNames(a.name, b.name))
    .map(({ name, isType }) => `${isType ? 'type ' : ''}${name}`)
  return [fromModule(['export ', nameList(texts)], `./${route.name}/react.js`).trimEnd()]
}
