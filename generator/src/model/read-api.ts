import type { ApiModel, Options } from './model.js'
import { readRoutes } from './read-routes.js'
import { Reader, type Refuse } from './reader.js'

/**
 * Sorts what `defineApi` built into a model, in the order in which it was written. Never throws. Schemas that are refused allow anything in it.
 */
export function readApi(api: Options, refuse: Refuse = () => undefined): ApiModel {
  const reader = new Reader(refuse)
  const part = reader.note({ kind: 'api', name: '', path: [], options: api })
  const routes = readRoutes(reader, api.routes, { path: ['routes'], prefix: '', routers: [] })
  return { ...part, routes, ...reader }
}
