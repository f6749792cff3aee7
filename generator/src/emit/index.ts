import { emitAsyncApi } from '../asyncapi/emit-asyncapi.js'
import type { EmitOptions } from '../generate.js'
import type { ApiIr } from '../ir.js'
import { hasHooks } from './hook-names.js'
import { type Module, printModule } from './module.js'
import { apiClientModule } from './modules/api-client.js'
import { apiReactModule } from './modules/api-react.js'
import { apiServerModule } from './modules/api-server.js'
import { routeChecksModule, sentByServer } from './modules/route-checks.js'
import { routeClientModule } from './modules/route-client.js'
import { routeReactModule } from './modules/route-react.js'
import { routeServerModule } from './modules/route-server.js'
import { schemasModule } from './modules/schemas-module.js'
import { validatorsModule } from './modules/validators-module.js'
import { compareNames } from './names.js'
import { createPlan, isChecked, isValidated, type Plan, schemasIn } from './plan.js'
import { type ModuleText, type TypesWriter, writeTypesHere } from './types-writer.js'
import { hashUnits, type NamedPlan, namePlan, pathsOf, type Unit, type UnitHashes, unitsOf } from './units.js'

export type { UnitHashes } from './units.js'

/** What was emitted, and what need not be. */
export interface Emission {
  /** The text of each module that has to be written, by its path in the output folder, sorted by path. */
  readonly files: ReadonlyMap<string, string>
  /** The paths of the modules that are as they were: neither to be written nor to be removed. Sorted. */
  readonly kept: readonly string[]
  /** What the modules of each part of the output depend on. To be kept and handed back with the next call. */
  readonly hashes: UnitHashes
}

/**
 * Writes an API as TypeScript, and as an AsyncAPI document: the text of each file by its path in the output folder,
 * sorted by path. The same intermediate form gives the same bytes, everywhere. Throws an `Error` for what no check
 * can be made of.
 */
export async function emitApi(api: ApiIr, options?: EmitOptions): Promise<ReadonlyMap<string, string>> {
  return (await emitChanged(api, {}, options)).files
}

/**
 * Writes what has changed since an earlier call whose `hashes` are given: the folders of the routes (and of shared
 * schemas) whose inputs differ, and the modules of the whole API when any of theirs do. A route's folder depends on
 * the route, on the schemas that it can reach, and on the generator's version; nothing else writes it anew. The
 * files together with those of the earlier calls are byte for byte what `emitApi` writes. Throws as `emitApi` does.
 * `writeTypes` says where types are written, `react` whether there are hooks.
 */
export async function emitChanged(
  api: ApiIr,
  previous: UnitHashes = {},
  { writeTypes = writeTypesHere, ...options }: ChangedOptions = {},
): Promise<Emission> {
  try {
    return await emitUnits(namePlan(createPlan(api, options)), { previous, writeTypes })
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new Error('A schema is nested too deeply, or has too many parts, to be checked.', { cause })
  }
}

interface ChangedOptions extends EmitOptions {
  readonly writeTypes?: TypesWriter
}

interface UnitsOptions {
  readonly previous: UnitHashes
  readonly writeTypes: TypesWriter
}

async function emitUnits(named: NamedPlan, { previous, writeTypes }: UnitsOptions): Promise<Emission> {
  const { plan } = named
  const hashes = hashUnits(named)
  const isKept = (unit: Unit) => Object.hasOwn(previous, unit) && previous[unit] === hashes[unit]
  const units = unitsOf(plan)
  const changed = units.filter((unit) => !isKept(unit))
  const folders = changed.filter((unit) => schemasIn(plan, unit).length > 0)
  const types = folders.length > 0 ? writeTypes(plan, folders) : []
  const files = (await Promise.all([types, emitUntyped(named, changed)])).flat()
  const kept = units.filter(isKept).flatMap((unit) => pathsOf(plan, unit))
  return {
    files: new Map(files.sort(([a], [b]) => compareNames(a, b))),
    kept: [...kept, ...(changed.length > 0 ? [] : [documentPath])].sort(compareNames),
    hashes,
  }
}

/** All but the modules of types, which are written meanwhile. */
async function emitUntyped(named: NamedPlan, units: readonly Unit[]): Promise<ModuleText[]> {
  const files = units.flatMap((unit) => unitModules(named, unit)).map(toFile)
  // The document is about everything, so it is written anew when anything is.
  return units.length > 0 ? [...files, [documentPath, emitAsyncApi(named.plan.api)]] : files
}

/** The AsyncAPI document of the server. */
const documentPath = 'asyncapi.json'

function toFile(module: Module): ModuleText {
  return [module.path, printModule(module)]
}

function unitModules(named: NamedPlan, unit: Unit): Module[] {
  const { plan, server, client } = named
  if (unit === '') {
    const hooks = plan.react ? [apiReactModule(plan, named.hooks, client)] : []
    return [apiServerModule(plan, server), apiClientModule(plan, client), ...hooks]
  }
  return [...routeModules(named, unit), ...schemaModules(plan, unit)]
}

function routeModules({ plan, server, client, hooks }: NamedPlan, unit: Unit): Module[] {
  const route = plan.api.routes.find(({ name }) => name === unit)
  const [ofServer, ofClient] = route === undefined ? [] : [server.get(route), client.get(route)]
  if (route === undefined || ofServer === undefined || ofClient === undefined) return []
  const checks = sentByServer(route).length > 0 ? [routeChecksModule(plan, route, ofClient)] : []
  const ofHooks = plan.react && hasHooks(route) ? hooks.get(route) : undefined
  const react = ofHooks ? [routeReactModule(plan, route, { hooks: ofHooks, client: ofClient })] : []
  return [
    routeServerModule(plan, route, ofServer),
    routeClientModule(plan, route, ofClient),
    ...checks,
    ...react,
  ]
}

function schemaModules(plan: Plan, folder: string): Module[] {
  const schemas = schemasIn(plan, folder)
  if (schemas.length === 0) return []
  return [
    ...(schemas.some((schema) => isValidated(plan, schema)) ? [validatorsModule(plan, folder)] : []),
    ...(schemas.some((schema) => isChecked(plan, schema)) ? [schemasModule(plan, folder)] : []),
  ]
}
