import type { Middleware, MiddlewareScope, UpgradeMiddleware } from '../middleware/middleware.js'
import { type Chain, runChain, stopped } from './chain.js'
import type { Route } from './route.js'

type ConnectMiddleware = NonNullable<Middleware['connect']>
type RefreshMiddleware = NonNullable<Middleware['refresh']>
export type MessageMiddleware = NonNullable<Middleware['message']>

/** The middleware of one route, stage by stage, outermost first. What has none costs nothing. */
export class Stages {
  upgrade: readonly UpgradeMiddleware[] = []
  connect: readonly ConnectMiddleware[] = []
  refresh: readonly RefreshMiddleware[] = []
  /** By message; undefined as long as there is none for any. */
  messages: Map<string, readonly MessageMiddleware[]> | undefined

  /** Adds a middleware; `names` are the messages that it is for. */
  add(middleware: Middleware | UpgradeMiddleware, names: Iterable<string>): void {
    if (typeof middleware === 'function') {
      this.upgrade = [...this.upgrade, middleware]
      return
    }
    const { upgrade, connect, refresh, message } = middleware
    if (upgrade !== undefined)
      this.upgrade = [...this.upgrade, (ctx, next) => upgrade.call(middleware, ctx, next)]
    if (connect !== undefined)
      this.connect = [...this.connect, (ctx, next) => connect.call(middleware, ctx, next)]
    if (refresh !== undefined)
      this.refresh = [...this.refresh, (ctx, token, next) => refresh.call(middleware, ctx, token, next)]
    if (message === undefined) return
    this.messages ??= new Map()
    for (const name of names) {
      const known = this.messages.get(name) ?? []
      this.messages.set(name, [...known, (ctx, said, next) => message.call(middleware, ctx, said, next)])
    }
  }
}

/** Runs the steps of a stage that refuses when one of them does not go on. */
export function runStage<Step>(chain: Omit<Chain<Step>, 'stop'>): Promise<unknown> {
  return runChain({ ...chain, stop: stopped })
}

/**
 * Adds a middleware to the routes of its scope. Throws a `TypeError` for what is no middleware, and for a scope
 * without a route or message: a guard that guards nothing would go unnoticed.
 */
export function addMiddleware(
  routes: readonly Route[],
  middleware: Middleware | UpgradeMiddleware,
  scope: MiddlewareScope | undefined,
): void {
  requireMiddleware(middleware)
  const inScope = routes.filter((route) => scope === undefined || isInScope(route, scope))
  if (inScope.length === 0 && scope !== undefined)
    throw new TypeError(`No route is in the scope ${JSON.stringify(scope)}.`)
  const name = scope?.message
  for (const route of inScope) {
    if (name !== undefined) requireMessage(route, name, middleware)
    route.stages.add(middleware, name === undefined ? route.receives.keys() : [name])
  }
}

function requireMessage(route: Route, name: string, middleware: Middleware | UpgradeMiddleware): void {
  if (!route.receives.has(name)) throw new TypeError(`The route ${route.name} takes no message ${name}.`)
  if (typeof middleware === 'function' || hasOtherStages(middleware))
    throw new TypeError(`A middleware for the message ${name} has the stage message alone.`)
}

function hasOtherStages({ upgrade, connect, refresh, message }: Middleware): boolean {
  const others = [upgrade, connect, refresh]
  return others.some((stage) => stage !== undefined) || message === undefined
}

function requireMiddleware(middleware: Middleware | UpgradeMiddleware): void {
  if (typeof middleware === 'function') return
  const { upgrade, connect, refresh, message } = middleware
  const stages = [upgrade, connect, refresh, message].filter((stage) => stage !== undefined)
  if (stages.length > 0 && stages.every((stage) => typeof stage === 'function')) return
  throw new TypeError('A middleware is a function, or an object with upgrade, connect, refresh or message.')
}

function isInScope({ name, definition }: Route, scope: MiddlewareScope): boolean {
  if (scope.route !== undefined) return scope.route === name
  const segments = split(scope.path)
  const own = split(definition.path)
  return segments.every((segment, index) => segment === own[index])
}

function split(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '')
}
