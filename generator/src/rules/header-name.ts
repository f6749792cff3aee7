import type { Finding } from '../diagnose/diagnostic.js'
import { declaredIn, type Written } from './route-params.js'
import type { Rule } from './rule.js'
import { isToken } from './token.js'

/** What the transport of HTTP keeps for itself. */
const transport = ['connection', 'content-length', 'host', 'keep-alive', 'te', 'trailer', 'transfer-encoding']

/** INVALID_HEADER_NAME and FORBIDDEN_HEADER: headers that an opening request can bring, in lower case. */
export const headerName: Rule = (context) =>
  context.model.routes.flatMap(({ headers }) =>
    headers === null ? [] : (declaredIn(headers, context) ?? []).flatMap(check),
  )

function check({ name, path }: Written): readonly Finding[] {
  const place = { path, at: 'name' as const }
  if (!isToken(name)) {
    const message = `"${name}" cannot name a header: it is no token of RFC 9110.`
    return [{ code: 'INVALID_HEADER_NAME', message, ...place }]
  }
  const lower = name.toLowerCase()
  if (name !== lower) {
    const message = `The header "${name}" is not written in lower case.`
    return [{ code: 'INVALID_HEADER_NAME', message, ...place, suggestion: lower }]
  }
  const why = forbidden(name)
  if (why === undefined) return []
  return [{ code: 'FORBIDDEN_HEADER', message: `The header "${name}" ${why}`, ...place }]
}

function forbidden(name: string): string | undefined {
  if (name === 'cookie') return 'is read by cookies, one property for each.'
  if (name === 'sec-websocket-protocol') return 'is what subprotocols declares.'
  if (name.startsWith('sec-websocket-') || name === 'upgrade') return 'belongs to the WebSocket itself.'
  return transport.includes(name) ? 'belongs to HTTP itself.' : undefined
}
