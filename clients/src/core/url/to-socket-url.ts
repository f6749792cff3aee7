import { fillTemplate, type TemplateValues } from '@wirepact/protocol/client'
import type { ConnectArguments } from '../../types.js'

/**
 * The address of a route: the base address with its path and query kept, the route's path behind it with the
 * parameters filled in, the query behind that. Throws a `TypeError` for what has no place in
 * an address, and a `URIError` for a parameter that is no well-formed Unicode.
 */
export function toSocketUrl(base: URL, path: string, { params, query }: ConnectArguments): string {
  const url = new URL(base)
  url.protocol = url.protocol.replace('http', 'ws')
  url.pathname = url.pathname.replace(/\/$/, '') + fillTemplate(path, params as TemplateValues | undefined)
  url.hash = ''
  if (!/^ws/.test(url.href)) throw new TypeError(`Cannot connect to ${url}`)
  for (const [name, value] of Object.entries({ ...query })) {
    for (const item of [value].flat()) {
      if (/str|num|bool/.test(typeof item) && !Number.isNaN(item)) url.searchParams.append(name, `${item}`)
      else if (item !== undefined) throw new TypeError(`${name} cannot be "${item}"`)
    }
  }
  return url.href
}
