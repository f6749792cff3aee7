import { fillTemplate, type TemplateValues } from '@wirepact/protocol'
import type { ConnectArguments } from '../../types.js'

/**
 * The address of a route: the base address with its path and query kept, the route's path behind it with the
 * parameters filled in, the query behind that. Throws a `TypeError` for what has no place in
 * an address, and a `URIError` for a parameter that is no well-formed Unicode.
 */
export function toSocketUrl(base: string | URL, path: string, args: ConnectArguments): string {
  const url = new URL(base)
  const scheme = url.protocol.replace('http', 'ws')
  if (!/^wss?:/.test(scheme)) throw new TypeError(`${scheme} is no scheme to connect with`)
  const target = url.pathname.replace(/\/$/, '') + fillTemplate(path, { ...args.params } as TemplateValues)
  url.protocol = scheme
  url.hash = ''
  url.pathname = target
  // Segments of one or two dots would be resolved, and so lead to another route, in whatever form they come.
  if (url.pathname !== target) throw new TypeError(`${target} is no path`)
  for (const [name, value] of Object.entries(args.query ?? {})) appendQuery(url, name, value)
  return url.href
}

function appendQuery(url: URL, name: string, value: unknown): void {
  for (const item of Array.isArray(value) ? value : [value]) {
    if (item === undefined) continue
    if (!/^(string|boolean|number)$/.test(typeof item) || Number.isNaN(item)) {
      throw new TypeError(`${name} has no place in a query`)
    }
    url.searchParams.append(name, String(item))
  }
}
