import type { Finding } from '../diagnose/diagnostic.js'
import type { RouteModel } from '../model/model.js'
import { toCamel } from '../model/type-name.js'
import type { Rule } from './rule.js'

/** MISSING_NAME and MISPLACED_NAME: in a list a route brings its name, in a record its key is its name. */
export const routeName: Rule = ({ model }) => model.routes.flatMap(check)

function check({ isListed, ownName, options, path }: RouteModel): readonly Finding[] {
  const { name } = options
  if (isListed && name === undefined) {
    const guess = toCamel((typeof options.path === 'string' ? options.path : '').replace(/\{[^{}]*\}/g, ''))
    const message = 'In a list of routes every route has a name: it is what code calls it.'
    return [{ code: 'MISSING_NAME', message, path, ...(guess !== '' && { suggestion: `name: '${guess}'` }) }]
  }
  if (isListed || name === undefined || name === ownName) return []
  const message = `This route is called "${ownName}", after its key: only in a list does name name a route.`
  return [{ code: 'MISPLACED_NAME', message, path: [...path, 'name'], at: 'name' }]
}
