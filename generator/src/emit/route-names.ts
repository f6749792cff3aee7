import type { ApiIr, ChannelIr, MessageIr, RouteIr } from '../ir.js'
import { lowerFirst, Names } from './names.js'

/** What the declarations of one side of a route are called. Unique over all routes of that side. */
export interface RouteNames {
  readonly route: string
  /** The name of a declaration for the route, such as `Context`. */
  readonly of: (suffix: string) => string
  /** The name of a declaration for one channel of it, such as `Messages`. */
  readonly ofChannel: (channel: ChannelIr, suffix: string) => string
  /** The name of a declaration for one message of it, such as `Errors`. */
  readonly ofMessage: (message: MessageIr, suffix: string) => string
  readonly all: () => readonly string[]
}

/** Takes every name that the modules of a route declare, so that nothing imported gets one of them. */
export type ClaimNames = (route: RouteIr, names: RouteNames) => void

/** The names of every route, by the route. */
export type NamedRoutes = ReadonlyMap<RouteIr, RouteNames>

/** Gives every route its names, in the order of the routes. */
export function nameRoutes(api: ApiIr, fixed: readonly string[], claim: ClaimNames): NamedRoutes {
  const names = new Names(fixed)
  const named = new Map(api.routes.map((route) => [route, nameRoute(route, names)]))
  for (const [route, given] of named) claim(route, given)
  return named
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
    ofMessage: (message, suffix) => give(`message ${message.name} ${suffix}`, message.typeName + suffix),
    all: () => [...given.values()],
  }
}
