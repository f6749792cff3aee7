import { closest } from '../diagnose/suggest.js'
import { routeParams } from './route-params.js'
import type { Rule } from './rule.js'

/** MISSING_PATH_PARAM: every parameter of the path has a schema. */
export const missingPathParam: Rule = (context) =>
  context.model.routes.flatMap((route) => {
    const params = routeParams(route, context)
    if (params === undefined) return []
    const declared = params.declared.map(({ name }) => name)
    const missing = params.inPath.filter(
      ({ name }, index) =>
        !declared.includes(name) && params.inPath.findIndex((other) => other.name === name) === index,
    )
    return missing.map(({ name, path }) => {
      const meant = closest(name, declared)
      const suggestion =
        meant === undefined ? `params: Type.Object({ ${name}: Type.String() })` : `{${meant}}`
      const what = path.at(-1)
      const message = `The ${what} has the parameter {${name}}, and params has no property "${name}".`
      return { code: 'MISSING_PATH_PARAM', message, path, suggestion }
    })
  })
