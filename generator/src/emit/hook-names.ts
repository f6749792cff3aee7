import type { ApiIr, ChannelIr, RouteIr } from '../ir.js'
import { eventsIn } from './modules/message-types.js'
import { Names } from './names.js'

/** What the hooks of a route are called. Unique over all routes. */
export interface HookNames {
  readonly route: string
  /** Undefined where the server sends no events. */
  readonly event: string | undefined
  readonly channels: ReadonlyMap<ChannelIr, ChannelHookNames>
  readonly all: () => readonly string[]
}

interface ChannelHookNames {
  readonly hook: string
  readonly options: string
}

export type NamedHooks = ReadonlyMap<RouteIr, HookNames>

/** Names that `react.ts` declares itself. */
const reactNames = ['ClientProvider', 'useClient', 'context']

/** Gives the hooks of every route their names: those of the routes first, so that they are as a person expects. */
export function nameHooks(api: ApiIr): NamedHooks {
  const names = new Names(reactNames)
  const routes = api.routes.map((route) => [route, names.take(`use${route.typeName}`)] as const)
  return new Map(routes.map(([route, hook]) => [route, nameParts(route, hook, names)]))
}

function nameParts(route: RouteIr, hook: string, names: Names): HookNames {
  const hasEvents = eventsIn(route.serverToClient).length > 0
  const event = hasEvents ? names.take(`use${route.typeName}Event`) : undefined
  const channels = new Map(
    route.channels.map((channel) => {
      const options = names.take(`${channel.typeName}Options`)
      return [channel, { hook: names.take(`use${channel.typeName}`), options }]
    }),
  )
  const own = [...channels.values()].flatMap((channel) => [channel.hook, channel.options])
  return { route: hook, event, channels, all: () => (event === undefined ? own : [event, ...own]) }
}

/** Whether a route has hooks beside the one that connects. */
export function hasHooks(route: RouteIr): boolean {
  return route.channels.length > 0 || eventsIn(route.serverToClient).length > 0
}
