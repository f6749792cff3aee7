import { SUBPROTOCOL, WirepactError } from '@wirepact/protocol'
import type { RouteDefinition } from '../definition.js'
import type { RequestDetails } from '../types.js'
import { type ParameterValues, readParameters, type Text } from './parameters.js'
import { parseQuery } from './query.js'
import type { Route } from './route.js'
import type { RouteMatch } from './router.js'
import type { Seat } from './seats.js'
import type { Upgrade } from './upgrade.js'

/** What a client presents to a route. */
export interface Presentation {
  readonly route: Route
  readonly params: ParameterValues
  readonly query: ParameterValues
  readonly headers: ParameterValues
  readonly cookies: ParameterValues
  /** The one that was chosen of those that the client offered; undefined when it offered none. */
  readonly subprotocol: string | undefined
  readonly request: RequestDetails
}

/** What is known about a connection before it is open. Whoever does not accept it gives the seat back. */
export interface Admission extends Presentation {
  readonly seat: Seat
  /** What middleware has said about it; undefined where there is none. */
  readonly upgrade: Upgrade | undefined
}

const none: Readonly<Record<string, Text>> = {}

/**
 * Reads what a client presents to a route. Throws `SUBPROTOCOL_REFUSED`, `INVALID_PARAMS`, `INVALID_QUERY`,
 * `INVALID_HEADERS` or `INVALID_COOKIES`.
 */
export async function readPresentation(
  { route, params }: RouteMatch,
  request: RequestDetails,
): Promise<Presentation> {
  const { definition } = route
  const query = parseQuery(request.url.slice(request.path.length))
  const headers = definition.headers === undefined ? none : toHeaderText(request.headers)
  return {
    route,
    subprotocol: selectSubprotocol(definition, request.headers),
    params: await readParameters(definition.params, params, {
      code: 'INVALID_PARAMS',
      what: 'path parameters',
    }),
    query: await readParameters(definition.query, query, { code: 'INVALID_QUERY', what: 'query parameters' }),
    headers: await readParameters(definition.headers, headers, { code: 'INVALID_HEADERS', what: 'headers' }),
    cookies: await readParameters(definition.cookies, request.cookies, {
      code: 'INVALID_COOKIES',
      what: 'cookies',
    }),
    request,
  }
}

/**
 * Wirepact's own before all others, on a route that speaks it; then the route's, in its order. Throws
 * `SUBPROTOCOL_REFUSED` when the client offers others only; offering none is fine.
 */
export function selectSubprotocol(
  { wire, subprotocols = [] }: RouteDefinition,
  headers: RequestDetails['headers'],
): string | undefined {
  const header = headers['sec-websocket-protocol']
  if (header === undefined) return undefined
  const offered = String(header)
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (offered.length === 0) return undefined
  const spoken = wire === 'bare' ? subprotocols : [SUBPROTOCOL, ...subprotocols]
  const selected = spoken.find((name) => offered.includes(name))
  if (selected !== undefined) return selected
  throw new WirepactError(
    'SUBPROTOCOL_REFUSED',
    `This route speaks ${spoken.join(', ') || 'no subprotocol'}.`,
  )
}

function toHeaderText(headers: RequestDetails['headers']): Readonly<Record<string, Text>> {
  const text: Record<string, Text> = Object.create(null)
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) text[name] = value
  return text
}
