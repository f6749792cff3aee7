import { parseTemplate } from '@wirepact/protocol'
import type { Path } from '../diagnose/diagnostic.js'
import { propertiesOf } from '../lower/parameters.js'
import type { RouteModel } from '../model/model.js'
import type { RuleContext } from './rule.js'

/** The parameters of a route's path, and the properties of its `params`. */
export interface RouteParams {
  readonly inPath: readonly string[]
  readonly declared: readonly string[]
  /** Where `params` is, or would be. */
  readonly path: Path
}

/** Undefined when the path or `params` is not of a form in which they could be compared. */
export function routeParams(route: RouteModel, { lowered }: RuleContext): RouteParams | undefined {
  const { path: template } = route.options
  if (typeof template !== 'string') return undefined
  const inPath = parseTemplate(template).names
  const path = [...route.path, 'params']
  if (route.params === null) return { inPath, declared: [], path }
  const schema = { $ref: `#/$defs/${lowered.nameOf(route.params)}` }
  const properties = propertiesOf(schema, lowered.definitions)
  return properties === undefined ? undefined : { inPath, declared: Object.keys(properties), path }
}
