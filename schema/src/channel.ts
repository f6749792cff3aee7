import { withCallSite } from './call-site.js'
import type { DocsOptions } from './docs.js'
import type { EventDefinition } from './event.js'
import type { Schema } from './json-schema.js'
import type { Payload } from './payload.js'
import type { Auth } from './policies.js'
import type { PresenceDefinition } from './presence.js'

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

/** What a channel keeps that is about what is so now, not about what happened. */
export interface LatestOptions {
  /**
   * A property of every message that is kept, required, a string or an integer: the newest is kept for each of its
   * values. Default: the newest of each message is kept.
   */
  readonly key?: string
  /** How many keys; the one that was published longest ago goes first. Default 1,000. */
  readonly maxKeys?: number
  /** How long a value is kept that nobody replaces, in milliseconds. Default: no limit. */
  readonly ttlMs?: number
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
  /**
   * Keeps the newest value, or the newest of each key, in the place of a history: whoever joins or comes back gets
   * what is so now, and nothing older.
   */
  readonly latest?: true | LatestOptions
  /**
   * What every member tells about itself; without it the channel has no presence. A schema is short for
   * `presence({ data: schema })`.
   */
  readonly presence?: Schema | PresenceDefinition
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
