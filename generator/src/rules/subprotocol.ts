import { SUBPROTOCOL } from '@wirepact/protocol'
import type { RouteModel } from '../model/model.js'
import type { Rule } from './rule.js'
import { isToken } from './token.js'

/** INVALID_SUBPROTOCOL: names that a client can ask for (RFC 6455, section 11.3.4), each once, and none of Wirepact's. */
export const subprotocol: Rule = ({ model }) =>
  model.routes.flatMap((route) => {
    const { subprotocols } = route.options
    if (subprotocols === undefined) return []
    const code = 'INVALID_SUBPROTOCOL'
    const path = [...route.path, 'subprotocols']
    if (!Array.isArray(subprotocols) || subprotocols.length === 0) {
      return [{ code, message: 'subprotocols is a list of names that is not empty.', path }]
    }
    return subprotocols.flatMap((name: unknown, index) => {
      const problem = problemOf(name, { route, isFirst: subprotocols.indexOf(name) === index })
      return problem === undefined ? [] : [{ code, message: problem, path: [...path, String(index)] }]
    })
  })

interface Place {
  readonly route: RouteModel
  readonly isFirst: boolean
}

function problemOf(name: unknown, { route, isFirst }: Place): string | undefined {
  if (typeof name !== 'string') return 'A subprotocol is a string.'
  if (!isToken(name)) return `"${name}" cannot name a subprotocol: it is no token.`
  if (!isFirst) return `The subprotocol "${name}" is written twice.`
  if (name !== SUBPROTOCOL) return undefined
  return route.isBare
    ? `"${name}" is the subprotocol of Wirepact's envelope, which a bare route does without.`
    : `"${name}" is Wirepact's own subprotocol, which every client may ask for.`
}
