import { withCallSite } from './call-site.js'
import type { Schema } from './json-schema.js'
import type { Auth } from './policies.js'
import type { RouteDefinition } from './route.js'

/**
 * Routes and routers. In a record the key is the name: the route `users` of the router under `admin` is
 * `adminUsers`. In a list every route brings its own `name`, and a router adds nothing to the names of its routes.
 */
export type Routes =
  | Readonly<Record<string, RouteDefinition | RouterDefinition>>
  | readonly (RouteDefinition | RouterDefinition)[]

export interface RouterOptions {
  /** What every path of the router starts with, such as `/teams/{teamId}`. Default: nothing. */
  readonly prefix?: string
  /** Parameters that its routes have in common; each route has its own beside them. */
  readonly params?: Schema
  /** Headers that its routes have in common. */
  readonly headers?: Schema
  /** Cookies that its routes have in common. */
  readonly cookies?: Schema
  /** Who may connect to any of its routes. What a route asks for itself comes on top of it. */
  readonly auth?: Auth
  readonly routes: Routes
}

/** What {@link router} builds. */
export interface RouterDefinition extends RouterOptions {
  readonly kind: 'router'
}

/**
 * Routes under a common prefix, with common parameters. Routers nest, and can come from files of their own.
 *
 * ```ts
 * admin: router({
 *   prefix: '/admin/{teamId}',
 *   params: Type.Object({ teamId: param.uuid() }),
 *   auth: ['admin'],
 *   routes: { users, audit: route({ path: '/audit', serverToClient: { entry: event({ data: Entry }) } }) },
 * })
 * ```
 */
export function router(options: RouterOptions): RouterDefinition {
  return withCallSite({ ...options, kind: 'router' }, router)
}
