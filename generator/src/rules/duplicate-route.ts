import type { RouteModel } from '../model/model.js'
import type { Rule } from './rule.js'

/** DUPLICATE_ROUTE: two paths that only differ in the names of their parameters cannot be told apart. */
export const duplicateRoute: Rule = ({ model }) => {
  const firsts = new Map<string, RouteModel>()
  return model.routes.flatMap((route) => {
    if (route.template === undefined) return []
    const form = route.template.replace(/\{[^{}/]*?(\*?)\}/g, '{$1}')
    const first = firsts.get(form)
    if (first === undefined) firsts.set(form, route)
    if (first === undefined) return []
    const message = `The routes "${first.name}" and "${route.name}" have the same path.`
    return [{ code: 'DUPLICATE_ROUTE', message, path: [...route.path, 'path'] }]
  })
}
