/** A part of the client that a route brings along: one of the values in the table of {@link RouteDefinition}. */
export type Feature = (core: never) => void

/**
 * How a message that the client sends goes, and how it is answered: an `acknowledged` event is kept and sent again until
 * the server has handled it; an `idempotent` request may be asked again when its answer was lost; `text` is an event of
 * a bare route whose payload is the message itself, not JSON. Bytes are known by the value.
 */
export type CallKind = 'event' | 'acknowledged' | 'text' | 'request' | 'idempotent' | 'stream'

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
  /** How a client subscribes by itself. Absent where only the server's code makes members. */
  readonly join?: 'guarded' | 'open'
  /**
   * `true`: those who subscribe have metadata, and so listening alone does not subscribe, for there is none yet. `count`:
   * members are told only how many they are.
   */
  readonly presence?: true | 'count'
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
 *   path: '/chat/{roomId}',
 *   uses: [channels, streams, answers],
 *   calls: { say: 'request', transcript: 'stream' },
 *   answers: { confirm: { kind: 'request', errors: ['BUSY'] }, watch: 'stream' },
 *   channels: { room: { name: 'room/{roomId}' } },
 * }
 * ```
 *
 * | in `uses` | when the route has |
 * |---|---|
 * | `channels` | any channel |
 * | `subscriptions` | a channel that clients subscribe to |
 * | `counts` | a channel whose members are only counted |
 * | `streams` | a `stream` that the client sends |
 * | `answers` | a `request` or `stream` that the server sends; `ChatConnection` then extends `Answering<ChatAnswers>` |
 * | `acknowledged` | an event of the client with `delivery: 'acknowledged'` |
 * | `idempotent` | a request of the client that is `idempotent` |
 * | `binary` | a binary payload in either direction, in channels too |
 * | `refresh` | `auth` anywhere; `ChatConnection` then extends `Refreshing` |
 *
 * A bare route has `bare` alone in `uses`: messages go as they are. Its `calls` are events, `events` says how what the
 * server sends is told apart: `discriminator: 'type', events: { moved: { is: 'move' }, screen: 'binary' }`.
 *
 * A request and an event need nothing.
 */
export interface RouteDefinition {
  /** The template of the path, such as `/chat/{roomId}`. */
  readonly path: string
  /** The parts of the client that this route needs. */
  readonly uses?: readonly Feature[]
  /** What the client sends, by name. */
  readonly calls: Readonly<Record<string, CallKind>>
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
