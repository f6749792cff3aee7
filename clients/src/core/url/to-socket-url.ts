import { fillTemplate, type TemplateValues } from '@wirepact/protocol'
import type { ConnectArguments } from '../../types.js'

/**
 * The address of a route: the base address with its path and query kept, the route's path behind it with the
 * parameters filled in, the query behind that. Throws a `TypeError` for what has no place in
 * an address, and a `URIError` for a parameter that is no well-formed Unicode.
 */
export function toSocketUrl(base: URL, path: string, { params, query }: ConnectArguments): string {
  const url = new URL(base)
  const target = url.pathname.replace(/\/$/, '') + fillTemplate(path, params as TemplateValues | undefined)
  url.protocol = url.protocol.replace('http', 'ws')
  url.pathname = target
  url.hash = ''
  // Segments of one or two dots would be resolved, and so lead to another route, in whatever form they come.
  if (url.pathname !== target || !/^ws/.test(url.href)) throw new TypeError(`Cannot connect to ${url}`)
  for (const [name, value] of Object.entries({ ...query })) {
    for (const item of [value].flat()) {
      if (/str|num|bool/.test(typeof item) && !Number.isNaN(item)) url.searchParams.append(name, `${item}`)
      else if (item !== undefined) throw new TypeError(`${name} has no place in a query`)
    }
  }
  return url.href
}
