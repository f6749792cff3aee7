import type { Finding } from '../diagnose/diagnostic.js'
import type { RouteModel } from '../model/model.js'
import { declaredIn, type Written } from './route-params.js'
import type { Rule, RuleContext } from './rule.js'

/** DUPLICATE_PARAM: what a router declares for its routes, no router or route inside of it declares again. */
export const duplicateParam: Rule = (context) =>
  context.model.routes.flatMap((route) =>
    (['params', 'headers', 'cookies'] as const).flatMap((option) => check(route, option, context)),
  )

function check(
  route: RouteModel,
  option: 'params' | 'headers' | 'cookies',
  context: RuleContext,
): readonly Finding[] {
  const payload = route[option]
  if (payload === null) return []
  const firsts = new Map<string, Written>()
  return (declaredIn(payload, context) ?? []).flatMap((written) => {
    const first = firsts.get(written.name)
    if (first === undefined) firsts.set(written.name, written)
    if (first === undefined) return []
    const place = first.path.slice(0, -2).join('.')
    const message = `${option} has the property "${written.name}", which ${place} has declared already.`
    return [{ code: 'DUPLICATE_PARAM', message, path: written.path, at: 'name' as const }]
  })
}
