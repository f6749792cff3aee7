import { fillTemplate, type TemplateValues } from '@wirepact/protocol'
import type { ConnectArguments } from '../../types.js'

/**
 * The address of a route: the base address with its path and query kept, the route's path behind it with the
 * parameters filled in, the query behind that. Throws a `TypeError` for what has no place in
 * an address, and a `URIError` for a parameter that is no well-formed Unicode.
 */
export function toSocketUrl(base: string | URL, path: string, args: ConnectArguments): string {
  const url = new URL(base)
  const target = url.pathname.replace(/\/$/, '') + fillTemplate(path, { ...args.params } as TemplateValues)
  url.protocol = url.protocol.replace('http', 'ws')
  url.hash = ''
  url.pathname = target
  // Segments of one or two dots would be resolved, and so lead to another route, in whatever form they come.
  if (url.pathname !== target || !url.protocol.startsWith('ws'))
    throw new TypeError(`Cannot connect to ${url}`)
  for (const [name, value] of Object.entries(args.query ?? {})) appendQuery(url, name, value)
  return url.href
}

function appendQuery(url: URL, name: string, value: unknown): void {
  for (const item of [value].flat()) {
    if (/string|boolean|number/.test(typeof item) && !Number.isNaN(item)) {
      url.searchParams.append(name, `${item}`)
    } else if (item !== undefined) throw new TypeError(`${name} has no place in a query`)
  }
}
