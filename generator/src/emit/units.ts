import type { RouteIr } from '../ir.js'
import { sha256 } from '../lower/canonical.js'
import { generatorVersion } from '../version.js'
import { claimClientNames, claimServerNames, clientNames, serverNames } from './claim-names.js'
import { hasHooks, type NamedHooks, nameHooks } from './hook-names.js'
import { sentByServer } from './modules/route-checks.js'
import { isChecked, isValidated, type Plan, schemasIn } from './plan.js'
import { type NamedRoutes, nameRoutes } from './route-names.js'
import { reach, schemasOf } from './schemas-of-route.js'

/**
 * A part of the output that is written as one: the folder of a route, the folder of shared schemas, or the two
 * modules of the whole API, whose unit is the empty text.
 */
export type Unit = string

/** What the modules of each unit depend on, as a hash. */
export type UnitHashes = Readonly<Record<Unit, string>>

/** A plan with the names of both sides. */
export interface NamedPlan {
  readonly plan: Plan
  readonly server: NamedRoutes
  readonly client: NamedRoutes
  readonly hooks: NamedHooks
}

export function namePlan(plan: Plan): NamedPlan {
  return {
    plan,
    server: nameRoutes(plan.api, serverNames, claimServerNames),
    client: nameRoutes(plan.api, clientNames, claimClientNames),
    hooks: nameHooks(plan.api),
  }
}

/** The units of an API. */
export function unitsOf({ api, folders }: Plan): Unit[] {
  return ['', ...new Set([...api.routes.map((route) => route.name), ...folders.values()])]
}

/** The paths of a unit's modules, sorted. */
export function pathsOf(plan: Plan, unit: Unit): string[] {
  if (unit === '') return ['client.ts', ...(plan.react ? ['react.ts'] : []), 'server.ts']
  const route = plan.api.routes.find(({ name }) => name === unit)
  const schemas = schemasIn(plan, unit)
  const modules = [
    ...(route ? ['client', 'server'] : []),
    ...(route && sentByServer(route).length > 0 ? ['checks'] : []),
    ...(route && plan.react && hasHooks(route) ? ['react'] : []),
    ...(schemas.length > 0 ? ['types'] : []),
    ...(schemas.some((schema) => isValidated(plan, schema)) ? ['validators'] : []),
    ...(schemas.some((schema) => isChecked(plan, schema)) ? ['schemas'] : []),
  ]
  return modules.map((module) => `${unit}/${module}.ts`).sort()
}

/** The hash of what each unit depends on, the generator's version included. */
export function hashUnits(named: NamedPlan): UnitHashes {
  const version = generatorVersion()
  const hashes = unitsOf(named.plan).map((unit) => {
    return [unit, sha256(JSON.stringify([version, unit === '' ? wholeOf(named) : inputsOf(named, unit)]))]
  })
  return Object.fromEntries(hashes)
}

/** The modules of the whole API say what is where, and nothing about what is inside. */
function wholeOf({ plan, server, client, hooks }: NamedPlan): unknown {
  const { schemas, routes, ...rest } = plan.api
  const parts = routes.map((route) => {
    const { clientToServer, serverToClient, ...own } = route
    return [
      own,
      server.get(route)?.all(),
      client.get(route)?.all(),
      plan.schemas.get(route.query?.schema ?? ''),
      hooksOf(route, { plan, hooks }),
    ]
  })
  return [rest, parts, schemas.map(({ name }) => [name, plan.folders.get(name)]).sort()]
}

/** The route itself, its names, and every schema that its modules can reach. */
function inputsOf({ plan, server, client, hooks }: NamedPlan, unit: Unit): unknown {
  const route = plan.api.routes.find(({ name }) => name === unit)
  const own = schemasIn(plan, unit).map(({ name }) => name)
  const reached = reach(plan.pruned, [
    ...own,
    ...(route === undefined
      ? []
      : [...schemasOf(route), ...(route.state === undefined ? [] : [route.state])]),
  ])
  const schemas = [...reached].sort().map((name) => {
    return [
      plan.schemas.get(name),
      plan.folders.get(name),
      plan.validators.get(name),
      plan.unchecked.has(name),
    ]
  })
  if (route === undefined) return [schemas]
  const names = [server.get(route)?.route, server.get(route)?.all(), client.get(route)?.all()]
  return [schemas, route, ...names, hooksOf(route, { plan, hooks })]
}

/** The names of a route's hooks; nothing where there are none. */
function hooksOf(route: RouteIr, { plan, hooks }: Pick<NamedPlan, 'plan' | 'hooks'>): readonly string[] {
  const names = plan.react ? hooks.get(route) : undefined
  return names === undefined ? [] : [names.route, ...names.all()]
}
