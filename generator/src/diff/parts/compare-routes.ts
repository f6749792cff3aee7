import type { ApiIr, RouteIr } from '../../ir.js'
import { canonicalJson } from '../../lower/canonical.js'
import { compareChannels } from './compare-channels.js'
import { compareDocs } from './compare-docs.js'
import { compareRouteMessages } from './compare-messages.js'
import { compareParameters } from './compare-parameters.js'
import type { Schemas } from './compare-payload.js'
import { compareAuth } from './compare-policies.js'
import { findTaken } from './find-taken.js'
import { matchParts, namesIn, type PartPair, type Report, shapeOf } from './part-pair.js'

interface Context {
  readonly schemas: Schemas
  readonly report: Report
}

/** ROUTE_*: the routes of an API, and everything in them. */
export function compareRoutes(before: ApiIr, after: ApiIr, context: Context): void {
  const { report } = context
  const keys = [(route: RouteIr) => route.name, (route: RouteIr) => shapeOf(route.path)]
  const { pairs, added, removed } = matchParts(before.routes, after.routes, keys)
  for (const [old, now] of pairs) {
    compareRoute({ before: old, after: now, path: ['routes', now.name] }, context)
  }
  for (const route of added) {
    const taken = findTaken(toTemplated(route), before.routes.map(toTemplated), context.schemas.before)
    const [kind, more] = taken
      ? (['PATHS_TAKEN', `, and takes paths of ${taken}`] as const)
      : ['ROUTE_ADDED' as const, '']
    report.difference({ kind, path: ['routes', route.name], what: `The route ${route.path} is new${more}.` })
  }
  for (const { name, path } of removed) {
    report.difference({ kind: 'ROUTE_REMOVED', path: ['routes', name], what: `The route ${path} is gone.` })
  }
}

function toTemplated({ path, params }: RouteIr) {
  return { template: path, params: params?.schema }
}

/** Everything that is compared about two routes. */
const routeRules = [
  compareRouteName,
  comparePaths,
  compareWire,
  compareSubprotocols,
  compareState,
  compareRouteParameters,
  compareRouteMessages,
  compareChannels,
]

function compareRoute(pair: PartPair<RouteIr>, context: Context): void {
  compareDocs(pair, context.report)
  compareAuth(pair, context.report)
  for (const rule of routeRules) rule(pair, context)
}

function compareRouteName({ before, after, path }: PartPair<RouteIr>, { report }: Context): void {
  if (before.name === after.name) return
  report.renamed(before.typeName, after.typeName)
  report.difference({ kind: 'ROUTE_RENAMED', path, what: `It was called ${before.name}.` })
}

function comparePaths({ before, after, path }: PartPair<RouteIr>, { report }: Context): void {
  const at = [...path, 'path']
  if (shapeOf(before.path) !== shapeOf(after.path)) {
    const what = `The path is ${after.path} now, and was ${before.path}.`
    return report.difference({ kind: 'PATH_CHANGED', path: at, what })
  }
  for (const [old, now] of renamesOf(before, after)) {
    const what = `The parameter ${now} was called ${old}.`
    report.difference({ kind: 'PATH_PARAMETER_RENAMED', path: at, what })
  }
}

/** The names that parameters of a path have now, by those that they had. */
function renamesOf(before: RouteIr, after: RouteIr): ReadonlyMap<string, string> {
  if (shapeOf(before.path) !== shapeOf(after.path)) return new Map()
  const names = namesIn(before.path).map((name, index) => [name, namesIn(after.path)[index] ?? name] as const)
  return new Map(names.filter(([old, now]) => old !== now))
}

function compareWire({ before, after, path }: PartPair<RouteIr>, { report }: Context): void {
  if (before.wire !== after.wire) {
    const what = `Messages go ${after.wire === 'bare' ? 'without' : 'in'} Wirepact's envelope now.`
    return report.difference({ kind: 'WIRE_CHANGED', path: [...path, 'wire'], what })
  }
  const [old, now] = [before.discriminator, after.discriminator]
  // Where there is one message and none to tell it from, what it carries says all that matters.
  if (old === now || old === undefined || now === undefined) return
  const what = `Messages are told apart by ${now} now, and were by ${old}.`
  report.difference({ kind: 'DISCRIMINATOR_CHANGED', path: [...path, 'discriminator'], what })
}

function compareSubprotocols({ before, after, path }: PartPair<RouteIr>, { report }: Context): void {
  const [old, now] = [before.subprotocols ?? [], after.subprotocols ?? []]
  const at = [...path, 'subprotocols']
  const added = now.filter((name) => !old.includes(name))
  const removed = old.filter((name) => !now.includes(name))
  for (const name of added) {
    report.difference({ kind: 'SUBPROTOCOL_ADDED', path: at, what: `${name} is spoken now.` })
  }
  for (const name of removed) {
    report.difference({ kind: 'SUBPROTOCOL_REMOVED', path: at, what: `${name} is not spoken any more.` })
  }
  const stayed = old.filter((name) => now.includes(name)).join()
  if (stayed === now.filter((name) => old.includes(name)).join()) return
  const what = `The server prefers ${now.join(', ')} now, in this order.`
  report.difference({ kind: 'SUBPROTOCOLS_REORDERED', path: at, what })
}

/** STATE_CHANGED: the state is a type alone, so any difference is one of source. */
function compareState({ before, after, path }: PartPair<RouteIr>, { schemas, report }: Context): void {
  const at = [...path, 'state']
  const [old, now] = [before.state, after.state]
  if (old === undefined && now === undefined) return
  if (old === undefined || now === undefined) {
    const what = `ctx.state ${now === undefined ? 'has no type any more' : 'has a type now'}.`
    return report.difference({ kind: 'STATE_CHANGED', path: at, what })
  }
  const texts = [schemas.before.get(old), schemas.after.get(now)].map((one) => canonicalJson(one?.schema))
  if (texts[0] !== texts[1]) {
    report.difference({ kind: 'STATE_CHANGED', path: at, what: 'The type of ctx.state is another one.' })
  }
}

function compareRouteParameters({ before, after, path }: PartPair<RouteIr>, context: Context): void {
  const renames = renamesOf(before, after)
  compareParameters(
    { before: before.params, after: after.params, path: [...path, 'params'] },
    { ...context, renames },
  )
  for (const kind of ['query', 'headers', 'cookies'] as const) {
    compareParameters({ before: before[kind], after: after[kind], path: [...path, kind] }, context)
  }
}
