import { WirepactError } from '@wirepact/protocol'
import type { Connection } from '../core/connection.js'
import { type AdminAnswer, type AdminCall, readBody, readPage } from './call.js'
import { takePage } from './page.js'

const normal = 1000

export function listConnections({ core, query }: AdminCall): AdminAnswer {
  const [route, user] = [query.get('route'), query.get('user')]
  const all = user === null ? core.connections : core.users.of(user)
  const matches = (connection: Connection) => route === null || connection.route === route
  const { items, next } = takePage(all, { ...readPage(query), matches })
  return { status: 200, body: { connections: items.map(describe), ...next } }
}

export function getConnection(call: AdminCall): AdminAnswer {
  const connection = find(call)
  const { request, memberships } = connection
  const { path, origin } = request
  const channels = [...memberships.names]
  const more = { path, channels, ...(origin !== undefined && { origin }) }
  return { status: 200, body: { ...describe(connection), ...more } }
}

/** Without a body it is a normal close, after which the client stays away. */
export async function disconnect(call: AdminCall): Promise<AdminAnswer> {
  const connection = find(call)
  const { code = normal, reason = '' } = await readBody(call)
  if (typeof code !== 'number' || typeof reason !== 'string') {
    throw new WirepactError('INVALID_CLOSE', 'code is a number, and reason is text.')
  }
  connection.close(code, reason)
  return { status: 204 }
}

/** Throws `CONNECTION_CLOSED`. */
function find({ core, params }: AdminCall): Connection {
  for (const connection of core.connections) if (connection.id === params.id) return connection
  throw new WirepactError('CONNECTION_CLOSED', 'There is no connection with this identifier.')
}

/** Never the session nor the token: whoever has them goes on as this client. */
function describe(connection: Connection): object {
  const { id, route, status, since, request, bufferedBytes, access } = connection
  const { remote, userAgent } = request
  return {
    id,
    route,
    status,
    since,
    remoteAddress: remote.address,
    bufferedBytes,
    ...(access.user !== undefined && { user: access.user }),
    ...(userAgent !== undefined && { userAgent }),
  }
}
