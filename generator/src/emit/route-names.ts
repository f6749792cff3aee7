import type { ApiIr, ChannelIr, RequestIr, RouteIr } from '../ir.js'
import { lowerFirst, Names } from './names.js'

/** What the declarations of one side of a route are called. Unique over all routes of that side. */
export interface RouteNames {
  readonly route: string
  /** The name of a declaration for the route, such as `Context`. */
  readonly of: (suffix: string) => string
  /** The name of a declaration for one channel of it, such as `Messages`. */
  readonly ofChannel: (channel: ChannelIr, suffix: string) => string
  /** The name of a declaration for one request of it, such as `Errors`. */
  readonly ofRequest: (request: RequestIr, suffix: string) => string
  readonly all: () => readonly string[]
}

/** Gives every route its names, in the order of the routes. */
export function nameRoutes(api: ApiIr, fixed: readonly string[]): ReadonlyMap<RouteIr, RouteNames> {
  const names = new Names(fixed)
  return new Map(api.routes.map((route) => [route, nameRoute(route, names)]))
}

function nameRoute(route: RouteIr, names: Names): RouteNames {
  const given = new Map<string, string>()
  const give = (key: string, wanted: string) => {
    const name = given.get(key) ?? names.take(wanted)
    given.set(key, name)
    return name
  }
  return {
    route: names.take(`${lowerFirst(route.typeName)}Route`),
    of: (suffix) => give(`route ${suffix}`, route.typeName + suffix),
    ofChannel: (channel, suffix) => give(`channel ${channel.key} ${suffix}`, channel.typeName + suffix),
    ofRequest: (request, suffix) => give(`request ${request.name} ${suffix}`, request.typeName + suffix),
    all: () => [...given.values()],
  }
}
