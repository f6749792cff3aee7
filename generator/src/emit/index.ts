import type { ApiIr } from '../ir.js'
import { compileChecks } from './checks/compile-checks.js'
import { apiClientModule, clientNames } from './modules/api-client.js'
import { apiServerModule, serverNames } from './modules/api-server.js'
import { routeClientModule } from './modules/route-client.js'
import { routeServerModule } from './modules/route-server.js'
import { schemasModule } from './modules/schemas-module.js'
import { typesModule } from './modules/types-module.js'
import { validatorsModule } from './modules/validators-module.js'
import { compareNames } from './names.js'
import { createPlan, type Plan, schemasIn } from './plan.js'
import { nameRoutes } from './route-names.js'
import { type Module, SourceFiles } from './source-file.js'

/**
 * Writes an API as TypeScript: the text of each file by its path in the output folder, sorted by path. The
 * same intermediate form gives the same bytes, everywhere. Throws an `Error` for what no check can be made of.
 */
export async function emitApi(api: ApiIr): Promise<ReadonlyMap<string, string>> {
  try {
    return emitModules(createPlan(api))
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new Error('A schema is nested too deeply, or has too many parts, to be checked.', { cause })
  }
}

function emitModules(plan: Plan): ReadonlyMap<string, string> {
  const files = new SourceFiles()
  const modules = [...schemaModules(plan), ...sideModules(plan)].sort((a, b) => compareNames(a.path, b.path))
  return new Map(modules.map((module) => [module.path, files.print(module)]))
}

function schemaModules(plan: Plan): Module[] {
  const compiled = compileChecks(plan.pruned)
  const folders = new Set([...plan.api.routes.map((route) => route.name), ...plan.folders.values()])
  return [...folders]
    .filter((folder) => schemasIn(plan, folder).length > 0)
    .flatMap((folder) => [
      typesModule(plan, folder),
      validatorsModule(plan, folder, compiled),
      schemasModule(plan, folder),
    ])
}

/** The modules of the server and of the client. Those of the routes come first: they settle the names. */
function sideModules(plan: Plan): Module[] {
  const server = nameRoutes(plan.api, serverNames)
  const client = nameRoutes(plan.api, clientNames)
  const routes = plan.api.routes.flatMap((route) => {
    const [ofServer, ofClient] = [server.get(route), client.get(route)]
    if (ofServer === undefined || ofClient === undefined) return []
    return [routeServerModule(plan, route, ofServer), routeClientModule(plan, route, ofClient)]
  })
  return [...routes, apiServerModule(plan, server), apiClientModule(plan, client)]
}
