import { closest } from '../diagnose/suggest.js'
import { routeParams } from './route-params.js'
import type { Rule } from './rule.js'

/** UNUSED_PARAM: a property of params that the path does not have would never get a value. */
export const unusedParam: Rule = (context) =>
  context.model.routes.flatMap((route) => {
    const params = routeParams(route, context)
    if (params === undefined) return []
    const inPath = params.inPath.map(({ name }) => name)
    return params.declared
      .filter(({ name }) => !inPath.includes(name))
      .map(({ name, path }) => {
        const suggestion = closest(name, inPath)
        const message = `params has the property "${name}", and the path has no parameter {${name}}.`
        const finding = { code: 'UNUSED_PARAM', message, path, at: 'name' as const }
        return { ...finding, ...(suggestion !== undefined && { suggestion }) }
      })
  })
