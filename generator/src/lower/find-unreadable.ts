import { type CallSite, SITE } from '@wirepact/schema'
import type { Finding, Path } from '../diagnose/diagnostic.js'
import { describeThrown } from '../load/thrown.js'
import { isRecord } from '../model/part-kind.js'

/** The properties of an API that throw when they are read, and where the parts around them were built. */
export interface Unreadable {
  readonly findings: readonly Finding[]
  readonly sites: ReadonlyMap<string, CallSite>
}

/** UNREADABLE_VALUE: getters that throw, each once. Only worth the walk when something was thrown. */
export function findUnreadable(api: object): Unreadable {
  const findings: Finding[] = []
  const sites = new Map<string, CallSite>()
  const seen = new Set<unknown>([api])
  const open: { readonly value: object; readonly path: Path }[] = [{ value: api, path: [] }]
  for (const { value, path } of open) {
    const read = (key: PropertyKey) => attempt(() => Reflect.get(value, key), key)
    const { found: keys, failure } = attempt(() => Object.keys(value))
    if (failure !== undefined) findings.push({ ...failure, path })
    const site = read(SITE).found
    if (isRecord(site)) sites.set(path.join('.'), site as unknown as CallSite)
    for (const key of keys ?? []) {
      const at = [...path, key]
      const { found: inner, failure: refusal } = read(key)
      if (refusal !== undefined) findings.push({ ...refusal, path: at })
      if (typeof inner !== 'object' || inner === null || seen.has(inner)) continue
      seen.add(inner)
      open.push({ value: inner, path: at })
    }
  }
  return { findings, sites }
}

interface Attempt<Value> {
  readonly found?: Value
  readonly failure?: Pick<Finding, 'code' | 'message'>
}

function attempt<Value>(read: () => Value, key?: PropertyKey): Attempt<Value> {
  try {
    return { found: read() }
  } catch (thrown) {
    const what = key === undefined ? 'Listing the properties' : `Reading ${String(key)}`
    return { failure: { code: 'UNREADABLE_VALUE', message: `${what} threw ${describeThrown(thrown)}` } }
  }
}
