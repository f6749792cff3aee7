import type { RouteIr } from '../../ir.js'
import { serverNames } from '../claim-names.js'
import { describe, docText } from '../doc-comment.js'
import { Imports } from '../imports.js'
import { render } from '../layout.js'
import { objectLiteral, quote } from '../literal.js'
import type { Module } from '../module.js'
import { Names } from '../names.js'
import type { Plan } from '../plan.js'
import type { NamedRoutes } from '../route-names.js'
import { exportTypes } from './export-types.js'
import { generic, interfaceOf, nothing, objectType, property, readonlyProperty, typeOf } from './members.js'
import { canReach } from './server-context.js'

const runtime = '@wirepact/runtime'

/** `server.ts`: `createServer` for the whole API. */
export function apiServerModule(plan: Plan, routes: NamedRoutes): Module {
  const own = [...routes.values()].flatMap((names) => names.all())
  const imports = new Imports(new Names([...serverNames, 'handlers', 'options']))
  const statements = [
    handlersType(routes, imports),
    routesType(routes, imports),
    serverType(imports),
    createServer(plan, routes, imports),
    exportTypes(plan, { side: 'server', routes, taken: [...serverNames, ...own] }).join('\n'),
  ]
  return { path: 'server.ts', imports, statements }
}

function routeModule(route: RouteIr): string {
  return `./${route.name}/server.js`
}

function handlersType(routes: NamedRoutes, imports: Imports): string {
  const properties = [...routes].map(([route, names]) => {
    const handlers = imports.type(routeModule(route), names.of('Handlers'))
    return property(route.name, `${handlers} | (new () => ${handlers})`, route)
  })
  return interfaceOf({ name: 'Handlers', properties })
}

function routesType(routes: NamedRoutes, imports: Imports): string {
  const properties = [...routes].map(([route, names]) => {
    const channels =
      route.channels.length > 0 ? imports.type(routeModule(route), names.of('ServerChannels')) : nothing
    const to = canReach(route)
      ? [`readonly to: ${imports.type(routeModule(route), names.of('Context'))}['to']`]
      : []
    return readonlyProperty(route.name, objectType([`readonly channels: ${channels}`, ...to]), route)
  })
  return interfaceOf({
    name: 'Routes',
    docs: { paragraphs: ['What the server offers outside of a connection.'] },
    properties,
  })
}

function serverType(imports: Imports): string {
  return typeOf('Server', generic(imports.type(runtime, 'ApiServer'), ['Routes']))
}

function createServer(plan: Plan, routes: NamedRoutes, imports: Imports): string {
  const { api } = plan
  const constants = [...routes].map(([route, names]) => imports.value(routeModule(route), names.route))
  const definition = objectLiteral({
    title: quote(api.title),
    version: quote(api.version),
    contract: quote(api.contract),
    routes: { open: '[', close: ']', between: ',', trailing: ',', items: constants },
  })
  const start = `  return ${imports.value(runtime, 'createApiServer')}<Routes>`
  const call = {
    open: '(',
    close: ')',
    between: ',',
    trailing: ',',
    items: [definition, 'handlers', 'options'],
  }
  const docs = docText(describe(api))
  const options = imports.type(runtime, 'ServerArguments')
  return [
    `${docs}export function createServer(handlers: Handlers, ...[options]: ${options}): Server {`,
    start + render(call, { indent: 2, column: start.length }),
    '}',
  ].join('\n')
}
