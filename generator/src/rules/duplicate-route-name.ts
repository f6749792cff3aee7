import type { RouteModel } from '../model/model.js'
import { nameOfRoute } from './names.js'
import type { Rule } from './rule.js'

/** DUPLICATE_ROUTE_NAME: the name of a route is its own, wherever its router put it. */
export const duplicateRouteName: Rule = ({ model }) => {
  const firsts = new Map<string, RouteModel>()
  return model.routes.flatMap((route) => {
    const first = firsts.get(route.name)
    if (first === undefined) firsts.set(route.name, route)
    if (first === undefined || route.name === '') return []
    const message = `There are two routes called "${route.name}": this one and ${first.path.join('.')}.`
    return [{ code: 'DUPLICATE_ROUTE_NAME', message, ...nameOfRoute(route) }]
  })
}
