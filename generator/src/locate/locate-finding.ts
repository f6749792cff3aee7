import { ts } from 'ts-morph'
import type { Finding, Path } from '../diagnose/diagnostic.js'
import type { Site } from '../ir.js'
import { type Sources, siteOf } from './sources.js'
import { type Spot, stepInto } from './step-into.js'

/** Where parts were built, by their path joined with dots. */
export type PartSites = ReadonlyMap<string, Site>

/** The place that a finding is about, as exactly as the source shows it. */
export function locateFinding({ path, at }: Finding, sites: PartSites, sources: Sources): Site | undefined {
  for (let depth = path.length - (at === 'name' ? 1 : 0); depth >= 0; depth--) {
    const site = sites.get(path.slice(0, depth).join('.'))
    if (site === undefined) continue
    return follow(site, path.slice(depth), { at, sources }) ?? sites.get(path.join('.')) ?? site
  }
  return undefined
}

interface Aim {
  readonly at: Finding['at']
  readonly sources: Sources
}

/** As far down the path as the source shows; undefined when not even the first step does. */
function follow(site: Site, path: Path, { at, sources }: Aim): Site | undefined {
  const call = callAt(site, sources)
  if (call === undefined || path.length === 0) return undefined
  const spots = walk(call, path, sources)
  const last = spots.at(-1)
  if (last === undefined) return undefined
  const isExact = spots.length === path.length
  return siteOf(at === 'name' && isExact ? (last.name ?? last.value) : last.value)
}

function walk(call: ts.Node, path: Path, sources: Sources): readonly Spot[] {
  const spots: Spot[] = []
  let node = call
  for (const key of path) {
    const spot: Spot | undefined = stepInto(node, key, sources) ?? recordValue(spots, path)
    if (spot === undefined) break
    spots.push(spot)
    node = spot.value
  }
  return spots
}

/** The step from `patternProperties` to its one pattern, which `Type.Record` writes by itself. */
function recordValue(spots: readonly Spot[], path: Path): Spot | undefined {
  const isPattern = path[spots.length - 1] === 'patternProperties'
  const last = spots.at(-1)
  return isPattern && last !== undefined && last.name === undefined ? { value: last.value } : undefined
}

/** The call whose callee an engine named as the place of a call. */
function callAt(site: Site, sources: Sources): ts.CallExpression | undefined {
  const nodes = sources.nodesAt(site)
  return nodes.filter((node) => ts.isCallExpression(node)).findLast((call) => startsCall(call, site))
}

function startsCall(call: ts.CallExpression, site: Site): boolean {
  const callee = ts.isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression
  const places = [siteOf(callee), siteOf(call)]
  return places.some((place) => place.line === site.line && place.column === site.column)
}
