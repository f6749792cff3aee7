import { parseTemplate } from '@wirepact/protocol'
import type { Path } from '../diagnose/diagnostic.js'
import { propertiesOf } from '../lower/parameters.js'
import type { Payload, RouteModel } from '../model/model.js'
import type { RuleContext } from './rule.js'

/** A name, and where it is written. */
export interface Written {
  readonly name: string
  readonly path: Path
}

/** The parameters of a route's path, and the properties of its `params`, with those of its routers. */
export interface RouteParams {
  readonly inPath: readonly Written[]
  readonly declared: readonly Written[]
}

/** Undefined when the path or `params` is not of a form in which they could be compared. */
export function routeParams(route: RouteModel, context: RuleContext): RouteParams | undefined {
  const declared = route.params === null ? [] : declaredIn(route.params, context)
  if (route.template === undefined || declared === undefined) return undefined
  const places = [...route.routers.map((router) => ({ part: router, option: 'prefix' }))]
  const all = [...places, { part: route, option: 'path' }]
  const inPath = all.flatMap(({ part, option }) =>
    namesIn(part.options[option]).map((name) => ({
      name,
      path: [...part.path, option],
    })),
  )
  return { inPath, declared }
}

/** The properties of an object schema where they are declared; undefined when one of its parts has none. */
export function declaredIn(payload: Payload, { lowered }: RuleContext): readonly Written[] | undefined {
  const all = lowered.partsOf(payload).map((part) => ({
    ...part,
    properties: propertiesOf(part.schema, lowered.definitions),
  }))
  if (all.some(({ properties }) => properties === undefined)) return undefined
  return all
    .filter((part) => !part.isBorrowed)
    .flatMap(({ path, properties }) =>
      Object.keys(properties ?? {}).map((name) => ({ name, path: [...path, 'properties', name] })),
    )
}

function namesIn(template: unknown): readonly string[] {
  return typeof template === 'string' ? parseTemplate(template).names : []
}
