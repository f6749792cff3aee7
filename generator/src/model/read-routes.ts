import type { Path } from '../diagnose/diagnostic.js'
import type { RouteModel, RouterModel } from './model.js'
import { readRoute } from './read-route.js'
import type { Reader } from './reader.js'
import { joinNames } from './type-name.js'

interface RoutesPlace {
  readonly path: Path
  /** What the names of the routes start with. */
  readonly prefix: string
  /** The routers around them, outermost first. */
  readonly routers: readonly RouterModel[]
}

/** The routes of a record or a list, and those of the routers in it. */
export function readRoutes(reader: Reader, value: unknown, place: RoutesPlace): readonly RouteModel[] {
  const isListed = Array.isArray(value)
  const entries = isListed
    ? value.map((entry, index) => [String(index), entry, [...place.path, String(index)]] as const)
    : reader.entries(value, place.path)
  return entries.flatMap(([key, entry, path]) => {
    const part = reader.part(entry, { path, kinds: ['route', 'router'] })
    if (part === undefined) return []
    const prefix = isListed ? place.prefix : joinNames(place.prefix, key)
    if (part.kind === 'route') return [readRoute(reader, part, { ...place, isListed })]
    if (place.routers.some((router) => router.options === part.options)) {
      const message = 'This router contains itself.'
      reader.findings.push({ code: 'WRONG_PART', message, path })
      return []
    }
    const router = readRouter(reader, { ...part, isKeyed: !isListed })
    const inner = { path: [...path, 'routes'], prefix, routers: [...place.routers, router] }
    return readRoutes(reader, part.options.routes, inner)
  })
}

function readRouter(reader: Reader, part: Omit<RouterModel, 'params' | 'headers' | 'cookies'>): RouterModel {
  const source = (option: string) => reader.source(part.options[option], [...part.path, option])
  const router = {
    ...part,
    params: source('params'),
    headers: source('headers'),
    cookies: source('cookies'),
  }
  reader.routers.push(router)
  return router
}
