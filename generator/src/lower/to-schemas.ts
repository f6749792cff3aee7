import type { JsonSchema, MessageIr, RouteIr, SchemaIr } from '../ir.js'
import { byKey } from './contract.js'
import type { Definitions } from './parameters.js'

/** The schemas that the routes use, each with the route that it belongs to, sorted by name. */
export function toSchemas(routes: readonly RouteIr[], definitions: Definitions): readonly SchemaIr[] {
  const users = new Map<string, Set<string>>()
  for (const route of routes) {
    for (const name of reachable(rootsOf(route), definitions)) {
      users.set(name, (users.get(name) ?? new Set()).add(route.name))
    }
  }
  return [...users]
    .map(([name, [first, second]]) => {
      const { path: _, ...definition } = definitions.get(name) ?? { path: [], schema: true }
      return { name, ...definition, route: second === undefined ? (first ?? null) : null }
    })
    .sort(byKey((schema) => schema.name))
}

function rootsOf(route: RouteIr): readonly string[] {
  const { channels, params, query, headers, cookies } = route
  const messages = [
    ...route.clientToServer,
    ...route.serverToClient,
    ...channels.flatMap((one) => one.messages),
  ]
  const parameters = [params, query, headers, cookies, ...channels.map((channel) => channel.paramTypes)]
  const names = [
    ...messages.flatMap(payloadsOf),
    ...parameters.map((one) => one?.schema),
    ...channels.map((channel) => channel.presence),
    route.state,
  ]
  return names.filter((name) => typeof name === 'string')
}

function payloadsOf(message: MessageIr): readonly (string | null)[] {
  if (message.kind === 'event') return [message.data]
  const answer = message.kind === 'stream' ? message.item : message.output
  return [message.input, answer, ...message.errors.map((error) => error.data)]
}

function reachable(roots: readonly string[], definitions: Definitions): ReadonlySet<string> {
  const found = new Set(roots)
  for (const name of found) {
    for (const inner of refsIn(definitions.get(name)?.schema ?? true)) found.add(inner)
  }
  return found
}

/** The names that a schema refers to, anywhere inside. */
function refsIn(schema: JsonSchema): readonly string[] {
  const names: string[] = []
  JSON.stringify(schema, (key, value: unknown) => {
    const name =
      key === '$ref' && typeof value === 'string' ? /^#\/\$defs\/(.+)$/.exec(value)?.[1] : undefined
    if (name !== undefined) names.push(name)
    return value
  })
  return names
}
