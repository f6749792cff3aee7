import { compareTemplates, parseTemplate, type Template } from '@wirepact/protocol'
import type { ApiDefinition } from '../definition.js'
import { requirePath, toPlainPath, toPlainTemplate } from './plain-path.js'
import { Route } from './route.js'

/**
 * Where an API is mounted: a prefix for all of its paths, such as `/api`, and paths of single routes in place of
 * those in the schema, which must have the same parameters. Prefixes have none.
 */
export type Mount = string | { readonly prefix?: string; readonly routes?: Readonly<Record<string, string>> }

/** A route that a path belongs to, with the text of its parameters. */
export interface RouteMatch {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

/** What becomes of a path. */
export interface Explanation {
  /** The route that takes it; undefined for none. */
  readonly route: string | undefined
  /** Its parameters as text, decoded. */
  readonly params: Readonly<Record<string, string>>
  /** All routes in the order in which they are asked: the first that matches takes the path. */
  readonly asked: readonly { readonly route: string; readonly path: string; readonly matches: boolean }[]
}

type Entry = { readonly route: Route; readonly template: Template }

/**
 * Knows which route a path belongs to: the most specific one that fits, and of two that fit the same paths the first.
 */
export class Router {
  readonly #entries: readonly Entry[]

  constructor(routes: readonly Route[]) {
    this.#entries = routes
      .map((route) => ({ route, template: parseTemplate(toPlainTemplate(route.path)) }))
      .sort((a, b) => compareTemplates(a.template, b.template))
  }

  /** Throws `INVALID_PATH` when the percent-encoding is broken. */
  match(path: string): RouteMatch | undefined {
    const plain = toPlainPath(path)
    for (const { route, template } of this.#entries) {
      const params = template.match(plain)
      if (params !== undefined) return { route, params }
    }
    return undefined
  }

  /** The same, with what was asked. Throws `INVALID_PATH`. */
  explain(path: string): Explanation {
    const match = this.match(path)
    const plain = toPlainPath(path)
    const asked = this.#entries.map(({ route, template }) => ({
      route: route.name,
      path: route.path,
      matches: template.match(plain) !== undefined,
    }))
    return { route: match?.route.name, params: match?.params ?? {}, asked }
  }
}

/**
 * The routes of an API with the handlers that belong to them. Throws a `TypeError` when one has none, and for a
 * mount that names a route or a parameter that is none, or is no path of a URL.
 */
export function createRoutes(definition: ApiDefinition, handlers: object, mount: Mount = ''): Route[] {
  const byName = new Map<string, unknown>(Object.entries(handlers))
  const { prefix = '', routes = {} } = typeof mount === 'string' ? { prefix: mount } : mount
  for (const name of Object.keys(routes))
    if (!definition.routes.some((route) => route.name === name))
      throw new TypeError(`There is no route ${name} to mount.`)
  return definition.routes.map((route) => {
    const set = byName.get(route.name)
    if (set === undefined) throw new TypeError(`The route ${route.name} has no handlers.`)
    const own = Object.hasOwn(routes, route.name) ? routes[route.name] : undefined
    return new Route(route, set, toPath(prefix, own ?? route.path, route.path))
  })
}

/**
 * The path at which a route is mounted. Throws a `TypeError` when its parameters are not those of the schema, and for
 * one that no request can have.
 */
function toPath(prefix: string, path: string, declared: string): string {
  const mounted = `${prefix.replace(/\/+$/, '')}${path}`
  const names = (template: string) => [...parseTemplate(template).names].sort().join()
  requirePath(mounted)
  if (names(mounted) !== names(declared))
    throw new TypeError(`A route is mounted with the parameters that it has: ${declared}, not ${mounted}.`)
  return mounted
}
