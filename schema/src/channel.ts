import { withCallSite } from './call-site.js'
import type { DocsOptions } from './docs.js'
import type { EventDefinition } from './event.js'
import type { Schema } from './json-schema.js'
import type { Payload } from './payload.js'
import type { Auth } from './policies.js'

/** What a channel keeps for those who come late or come back. The tightest limit wins. */
export interface HistoryOptions {
  /** How many publications. Default 1,000. */
  readonly maxMessages?: number
  /** How many bytes of payload. Default: no limit. */
  readonly maxBytes?: number
  /** How long, in milliseconds. Default: no limit. */
  readonly ttlMs?: number
  /** How many of the newest publications a fresh member is sent. Default 0. */
  readonly replay?: number
}

export interface ChannelOptions extends DocsOptions {
  /**
   * The template of the channel's name, such as `room/{roomId}`. A parameter that the route's path has too is
   * filled in from the connection; others are given by whoever names the channel.
   */
  readonly name: string
  /**
   * An object schema of the name's parameters, with one property for each that the route does not have. Default:
   * all of them are strings.
   */
  readonly params?: Schema
  /** Who may ask to be a member. Default: everybody who is connected. */
  readonly auth?: Auth
  /** What is published, by name. A payload is short for `event({ data: payload })`. */
  readonly messages: Readonly<Record<string, EventDefinition | Payload>>
  /** What is kept of it. Default: nothing. */
  readonly history?: HistoryOptions
  /** What every member tells about itself; without it the channel has no presence. */
  readonly presence?: Schema
  /**
   * Who makes a connection a member. `handler`: only the server's code. `guarded`: the client asks and the
   * route's `authorize` handler decides. `open`: any connection of the route that asks. Default `handler`.
   */
  readonly join?: 'handler' | 'guarded' | 'open'
}

/** What {@link channel} builds. */
export interface ChannelDefinition extends ChannelOptions {
  readonly kind: 'channel'
}

/**
 * A named group of connections that see the same publications in the same order.
 *
 * ```ts
 * room: channel({
 *   name: 'room/{roomId}',
 *   messages: { said: Line, typing: event({ data: Typing, history: false }) },
 *   history: { maxMessages: 500, ttlMs: 86_400_000, replay: 50 },
 *   presence: Type.Object({ name: Type.String() }),
 * })
 * ```
 */
export function channel(options: ChannelOptions): ChannelDefinition {
  return withCallSite({ ...options, kind: 'channel' }, channel)
}
