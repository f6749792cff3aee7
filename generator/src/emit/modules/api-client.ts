import type { RouteIr } from '../../ir.js'
import { clientNames, hasArguments } from '../claim-names.js'
import { describe, docText } from '../doc-comment.js'
import { Imports } from '../imports.js'
import { render } from '../layout.js'
import { objectKey, quote } from '../literal.js'
import type { Module } from '../module.js'
import { Names } from '../names.js'
import type { Plan } from '../plan.js'
import type { NamedRoutes, RouteNames } from '../route-names.js'
import { exportTypes } from './export-types.js'
import { describeRoute } from './facts.js'
import { interfaceOf, type Method } from './members.js'
import { areArgumentsOptional } from './route-client.js'

const client = '@wirepact/client'

interface RouteOfClient {
  readonly route: RouteIr
  readonly names: RouteNames
  /** Whether a connection can be asked for without arguments. */
  readonly isOptional: boolean
}

/** `client.ts`: `createClient` for the whole API. */
export function apiClientModule(plan: Plan, named: NamedRoutes): Module {
  const imports = new Imports(
    new Names(['Client', 'createClient', 'client', 'args', 'url', 'options', 'URL']),
  )
  const routes = [...named].map(([route, names]) => {
    return { route, names, isOptional: areArgumentsOptional(route, plan) }
  })
  const own = [...named.values()].flatMap((names) => names.all())
  const exported = {
    side: 'client',
    routes: named,
    taken: [...clientNames, ...own, ...states(plan)],
  } as const
  const statements = [
    clientType(routes, imports),
    createClient(plan, routes, imports),
    [`export { type ClientOptions, WirepactError } from '${client}'`, ...exportTypes(plan, exported)].join(
      '\n',
    ),
  ]
  return { path: 'client.ts', imports, statements }
}

/** What the server alone knows about its connections. */
function states(plan: Plan): string[] {
  const names = plan.api.routes.flatMap((route) => (route.state === undefined ? [] : [route.state]))
  return names.filter((name) => plan.schemas.get(name)?.route !== null)
}

function routeModule(route: RouteIr): string {
  return `./${route.name}/client.js`
}

function clientType(routes: readonly RouteOfClient[], imports: Imports): string {
  const methods = routes.map(
    ({ route, names, isOptional }): Method => ({
      name: route.name,
      parameters: hasArguments(route)
        ? [[isOptional ? 'args?' : 'args', imports.type(routeModule(route), names.of('Arguments'))]]
        : [],
      returns: imports.type(routeModule(route), names.of('Connection')),
      docs: describeRoute(route),
    }),
  )
  const close: Method = {
    name: 'close',
    parameters: [],
    returns: 'void',
    docs: { paragraphs: ['Closes every connection of this client for good.'] },
  }
  return interfaceOf({ name: 'Client', methods: [...methods, close] })
}

function createClient(plan: Plan, routes: readonly RouteOfClient[], imports: Imports): string {
  const create = imports.value(client, 'createApiClient')
  const options = imports.type(client, 'ClientOptions')
  const docs = docText(describe(plan.api))
  const connects = routes.map((route) => `    ${connectMethod(route, imports)},`)
  return [
    `${docs}export function createClient(url: string | URL, options?: ${options}): Client {`,
    `  const client = ${create}(${quote(plan.api.contract)}, url, options)`,
    '  return {',
    ...connects,
    '    close: () => client.close(),',
    '  }',
    '}',
  ].join('\n')
}

function connectMethod({ route, names }: RouteOfClient, imports: Imports): string {
  const connection = imports.type(routeModule(route), names.of('Connection'))
  const constant = imports.value(routeModule(route), names.route)
  const args = hasArguments(route) ? 'args' : ''
  const given = hasArguments(route) ? [constant, 'args'] : [constant]
  const start = `${objectKey(route.name)}: (${args}) => client.connect<${connection}>`
  const call = { open: '(', close: ')', between: ',', trailing: ',', items: given }
  return start + render(call, { indent: 4, column: start.length + 4, after: 1 })
}
