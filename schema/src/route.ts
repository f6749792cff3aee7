import { withCallSite } from './call-site.js'
import type { ChannelDefinition } from './channel.js'
import type { DocsOptions } from './docs.js'
import type { EventDefinition } from './event.js'
import type { Schema } from './json-schema.js'
import type { Auth } from './policies.js'
import type { RequestDefinition } from './request.js'
import type { StreamDefinition } from './stream.js'

/** A message in either direction. */
export type MessageDefinition = EventDefinition | RequestDefinition | StreamDefinition

export interface RouteOptions extends DocsOptions {
  /** What code calls the route: in a list of routes only. In a record its key is its name. */
  readonly name?: string
  /**
   * Where clients connect, such as `/chat/{roomId}`. A parameter is a whole segment; `{name*}` as the last one
   * takes the rest of the path.
   */
  readonly path: string
  /** An object schema with one property for each parameter of the path. See {@link param}. */
  readonly params?: Schema
  /** An object schema of the query string: strings, numbers, booleans, and arrays of them for repeated ones. */
  readonly query?: Schema
  /**
   * An object schema of headers of the opening request, by their names in lower case. Browsers cannot set any:
   * leave those optional that a browser's connection does without.
   */
  readonly headers?: Schema
  /** An object schema of the cookies that the opening request brings. */
  readonly cookies?: Schema
  /** Subprotocols that a client may ask for beside Wirepact's own, best first. */
  readonly subprotocols?: readonly string[]
  /** The type of `ctx.state`, an object schema. It never leaves the server, and nothing is checked against it. */
  readonly state?: Schema
  /** Who may connect. Default: everybody. */
  readonly auth?: Auth
  /**
   * `bare`: messages go as they are, without Wirepact's envelope, so that services and clients can take part that
   * know nothing of it. Such a route has events only. Default `wirepact`.
   */
  readonly wire?: 'wirepact' | 'bare'
  /**
   * Only on a bare route: the property that tells its messages apart, a `const` of its own in each of them.
   * Default: found by the generator.
   */
  readonly discriminator?: string
  /** What a client can send, by name. */
  readonly clientToServer?: Readonly<Record<string, MessageDefinition>>
  /** What the server can send to one client, by name. The client answers requests and streams. */
  readonly serverToClient?: Readonly<Record<string, MessageDefinition>>
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
 *   params: Type.Object({ roomId: param.slug() }),
 *   clientToServer: { say: event({ data: Type.Object({ text: Type.String() }) }) },
 *   serverToClient: { notice: event({ data: Type.Object({ text: Type.String() }) }) },
 * })
 * ```
 */
export function route(options: RouteOptions): RouteDefinition {
  return withCallSite({ ...options, kind: 'route' }, route)
}
