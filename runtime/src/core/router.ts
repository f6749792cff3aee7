import { parseTemplate, type Template, WirepactError } from '@wirepact/protocol'
import type { ApiDefinition } from '../definition.js'
import { Route } from './route.js'

/** A route that a path belongs to, with the text of its parameters. */
export interface RouteMatch {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

type Entry = { readonly route: Route; readonly template: Template }

/**
 * Knows which route a path belongs to. Those that take the rest of a path come last, the longest of them first;
 * before that those with fewer parameters come first, then all in their own order.
 */
export class Router {
  readonly #entries: readonly Entry[]

  constructor(routes: readonly Route[]) {
    this.#entries = routes
      .map((route) => ({ route, template: parseTemplate(route.definition.path) }))
      .sort(compare)
  }

  /** Throws `INVALID_PATH` when the percent-encoding is broken. */
  match(path: string): RouteMatch | undefined {
    if (isBroken(path)) throw new WirepactError('INVALID_PATH', 'The path is not percent-encoded properly.')
    for (const { route, template } of this.#entries) {
      const params = template.match(path)
      if (params !== undefined) return { route, params }
    }
    return undefined
  }
}

function compare({ template: a }: Entry, { template: b }: Entry): number {
  if (a.hasRest !== b.hasRest) return a.hasRest ? 1 : -1
  const longer = a.hasRest ? b.source.split('/').length - a.source.split('/').length : 0
  return longer || a.names.length - b.names.length
}

function isBroken(path: string): boolean {
  if (!path.includes('%')) return false
  try {
    decodeURIComponent(path)
    return false
  } catch {
    return true
  }
}

/** The routes of an API with the handlers that belong to them. Throws a `TypeError` when one has none. */
export function createRoutes(definition: ApiDefinition, handlers: object): Route[] {
  const byName = new Map<string, unknown>(Object.entries(handlers))
  return definition.routes.map((route) => {
    const set = byName.get(route.name)
    if (set === undefined) throw new TypeError(`The route ${route.name} has no handlers.`)
    return new Route(route, set)
  })
}
