import type { Path } from '../diagnose/diagnostic.js'
import type { LoadedApi } from '../load/load-api.js'
import { locate } from '../locate/locate.js'
import { readApi } from '../model/read-api.js'
import type { Change } from './change.js'

/** Changes with their places in the schema file. What is gone has the place of what it was in. */
export function locateChanges(changes: readonly Change[], { api, trace }: LoadedApi): readonly Change[] {
  const model = readApi(api)
  const routes = new Map(model.routes.map(({ name, path }) => [name, path]))
  const findings = changes.map(({ kind, what, path }) => {
    return { code: kind, message: what, path: inSource(path, routes) }
  })
  const located = locate({ findings, sites: model.sites, trace, duplicateKeys: [] })
  return changes.map((change, index) => {
    const site = located[index]?.site
    return site === undefined ? change : { ...change, site }
  })
}

/** A route has another path where it is written when it is in a router or in a list. */
function inSource(path: Path, routes: ReadonlyMap<string, Path>): Path {
  const [first, name, ...rest] = path
  const route = first === 'routes' && name !== undefined ? routes.get(name) : undefined
  return route === undefined ? path : [...route, ...rest]
}
