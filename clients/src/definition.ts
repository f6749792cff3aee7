/** A part of the client that a route brings along: one of the values in the table of {@link RouteDefinition}. */
export type Feature = (core: never) => void

/** How a message that the client sends is answered. */
export type CallKind = 'event' | 'request' | 'stream'

/** A message that the client sends, where its kind does not say everything. */
export interface CallDefinition {
  readonly kind: CallKind
  /** An event that is kept and sent again until the server has handled it. */
  readonly delivery?: 'acknowledged'
  /** A request that may be sent again when its answer was lost. */
  readonly idempotent?: true
  /** Its payload is raw bytes. For people: the client sees it by the value. */
  readonly binary?: true
  /** On a bare route: its payload is the message's text itself, not JSON. */
  readonly text?: true
}

/**
 * How a message of the server is known on a bare route: by the constant that it has as its discriminator, or because
 * it is the only one that comes as a text, as bytes, or as JSON.
 */
export type BareEvent = { readonly is: string | number | boolean | null } | 'text' | 'binary' | 'json'

/** How a message that the server sends is answered. */
export type AnswerKind = 'request' | 'stream'

/** A message that the client answers, where its kind does not say everything. */
export interface AnswerDefinition {
  readonly kind: AnswerKind
  /** The codes that the schema declares; any other error is answered as `INTERNAL`. */
  readonly errors?: readonly string[]
}

export interface ChannelDefinition {
  /** The template of the channel's name, such as `room/{roomId}`. */
  readonly name: string
  /** `handler`: only the server's code makes members. Otherwise the client subscribes by itself. */
  readonly join: 'handler' | 'guarded' | 'open'
  /**
   * Whether members have presence metadata; then listening alone does not subscribe, for there is none yet. `users`:
   * they have, and members are users. `count`: they have none, and are told how many they are.
   */
  readonly presence: boolean | 'users' | 'count'
}

/**
 * What the generator writes about a route for the client.
 *
 * Generated code names, and so imports from `@wirepact/client`, the parts of the client that the route needs; a
 * bundle carries no others. A route with channels, a stream and a question of the server is written as
 *
 * ```ts
 * import { answers, channels, type RouteDefinition, streams } from '@wirepact/client'
 *
 * export const chatRoute: RouteDefinition = {
 *   name: 'chat',
 *   path: '/chat/{roomId}',
 *   uses: [channels, streams, answers],
 *   calls: { say: 'request', transcript: 'stream' },
 *   answers: { confirm: { kind: 'request', errors: ['BUSY'] }, watch: 'stream' },
 *   channels: { room: { name: 'room/{roomId}', join: 'handler', presence: true } },
 * }
 * ```
 *
 * | in `uses` | when the route has |
 * |---|---|
 * | `channels` | any channel |
 * | `subscriptions` | a channel that clients subscribe to |
 * | `streams` | a `stream` that the client sends |
 * | `answers` | a `request` or `stream` that the server sends; `ChatConnection` then extends `Answering<ChatAnswers>` |
 * | `acknowledged` | an event of the client with `delivery: 'acknowledged'` |
 * | `binary` | a binary payload in either direction, in channels too |
 * | `refresh` | `auth` anywhere; `ChatConnection` then extends `Refreshing` |
 *
 * A bare route has `bare` alone in `uses`: messages go as they are. Its `calls` are events, `events` says how what the
 * server sends is told apart: `discriminator: 'type', events: { moved: { is: 'move' }, screen: 'binary' }`.
 *
 * A request, plain or `idempotent`, and an event need nothing.
 */
export interface RouteDefinition {
  readonly name: string
  /** The template of the path, such as `/chat/{roomId}`. */
  readonly path: string
  /** The parts of the client that this route needs. */
  readonly uses?: readonly Feature[]
  /** What the client sends, by name. */
  readonly calls: Readonly<Record<string, CallKind | CallDefinition>>
  /** What the server asks of the client, by name. */
  readonly answers?: Readonly<Record<string, AnswerKind | AnswerDefinition>>
  /** Offered to the server beside Wirepact's own, unless the caller names others. */
  readonly subprotocols?: readonly string[]
  /** On a bare route: the property that tells the messages apart. */
  readonly discriminator?: string
  /** On a bare route: what the server sends, by name. */
  readonly events?: Readonly<Record<string, BareEvent>>
  readonly channels: Readonly<Record<string, ChannelDefinition>>
  /**
   * Loads what looks at everything that the server sends, where the server was made from another schema: `checks.ts`.
   * Until it is there, the connection is not open.
   */
  checks?(): Promise<{ readonly checks: Feature }>
}
