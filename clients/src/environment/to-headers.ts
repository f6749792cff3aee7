import type { ConnectArguments } from '../types.js'

/** The headers of an opening handshake; cookies go percent-encoded in one of them (RFC 6265, section 4.2). */
export function toHeaders({ headers, cookies }: ConnectArguments): Record<string, string> | undefined {
  const given = toTexts(headers)
  const pairs = toTexts(cookies).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  if (pairs.length > 0) given.push(['cookie', pairs.join('; ')])
  return given.length > 0 ? Object.fromEntries(given) : undefined
}

function toTexts(values: object = {}): [name: string, value: string][] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
}
