import { withCallSite } from './call-site.js'
import type { ChannelDefinition } from './channel.js'
import type { DocsOptions } from './docs.js'
import type { EventDefinition } from './event.js'
import type { Schema } from './json-schema.js'
import type { RequestDefinition } from './request.js'

export interface RouteOptions extends DocsOptions {
  /** Where clients connect, such as `/chat/{roomId}`. A parameter is a whole segment. */
  readonly path: string
  /** An object schema with one property for each parameter of the path. */
  readonly params?: Schema
  /** An object schema of the query string: strings, numbers, booleans, and arrays of them for repeated ones. */
  readonly query?: Schema
  /** What a client can send, by name. */
  readonly clientToServer?: Readonly<Record<string, EventDefinition | RequestDefinition>>
  /** What the server can send to one client, by name. */
  readonly serverToClient?: Readonly<Record<string, EventDefinition>>
  /** The channels that connections of this route can be members of, by the name that code uses for them. */
  readonly channels?: Readonly<Record<string, ChannelDefinition>>
}

/** What {@link route} builds. */
export interface RouteDefinition extends RouteOptions {
  readonly kind: 'route'
}

/**
 * One kind of connection: where it is made, and what goes over it.
 *
 * ```ts
 * chat: route({
 *   path: '/chat/{roomId}',
 *   params: Type.Object({ roomId: Type.String() }),
 *   clientToServer: { say: event({ data: Type.Object({ text: Type.String() }) }) },
 *   serverToClient: { notice: event({ data: Type.Object({ text: Type.String() }) }) },
 * })
 * ```
 */
export function route(options: RouteOptions): RouteDefinition {
  return withCallSite({ ...options, kind: 'route' }, route)
}
