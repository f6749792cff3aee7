import type { ErrorCode, Position, WirepactError } from '@wirepact/protocol'
import type { Logger } from './core/environment.js'

/** Who asked for the connection, and how. */
export interface RequestDetails {
  /** The request target as it came, path and query. */
  readonly url: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly cookies: Readonly<Record<string, string>>
  /** The `Origin` header; undefined for a client that is no browser. */
  readonly origin: string | undefined
  readonly userAgent: string | undefined
  /** The client's address and port; behind proxies that are trusted, as they say. An unknown port is 0. */
  readonly remote: { readonly address: string; readonly port: number }
  /** The host that the client asked for, with its port where one was written; undefined when it named none. */
  readonly host: string | undefined
  /** The port that the client asked for: that of `host`, or the usual one of `protocol`. */
  readonly port: number
  /** Whether the client's end is encrypted. */
  readonly protocol: 'ws' | 'wss'
}

/** How a connection ended. */
export interface Disconnect {
  /** The close code; 1006 when the connection broke without one. */
  readonly code: number
  readonly reason: string
  /** Whether both sides said goodbye. */
  readonly wasClean: boolean
}

export type ConnectionStatus = 'connecting' | 'open' | 'closing' | 'closed'

/** What a connection may do: who it is is known, and it has these scopes. */
export interface Grant {
  /**
   * A stable identifier of who it is, at most 256 characters (the limit `maxUserLength`): what is meant for a user
   * reaches every connection that was granted this. Default: nobody in particular.
   */
  readonly user?: string
  /** Default none. */
  readonly scopes?: readonly string[]
  /** Until when, in milliseconds since the Unix epoch. Default for ever. */
  readonly expiresAt?: number
}

/**
 * What the handlers of all connections share, as `ctx.app`. A program says what is in it, and then has to give it to
 * `createServer`: `declare module '@wirepact/runtime' { interface App { readonly db: Database } }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is there to be added to.
export interface App {}

/** How the messages of a bare route are read. */
export interface MessagesOptions {
  /**
   * How many messages may wait to be read before the client is asked to wait: a number from 1 on, anything else throws
   * a `RangeError`. Default 64.
   */
  readonly maxBuffered?: number
}

/** One connection, on whichever node it is; where its client has come back since, the one that it has now. */
export interface ConnectionTarget {
  /** The identifier, such as `ctx.id` or that of a member of a channel. */
  readonly connection: string
}

/** Every connection of a user, on every node. */
export interface UserTarget {
  /** As `ctx.grant({ user })` has said. */
  readonly user: string
}

/** One session, also one whose client is away. */
export interface SessionTarget {
  /** As in `ctx.session`. */
  readonly session: string
}

export interface RevokeOptions {
  /** What the client is told, at most 123 UTF-8 bytes. Default: a sentence in English. */
  readonly reason?: string
}

/** What every handler gets about its connection; the generator adds the route's own types to it. */
export interface Context<
  State extends object = Record<string, unknown>,
  /** The properties that the schema has a default for. */
  Start extends keyof State = never,
> {
  /** The identifier of this connection. */
  readonly id: string
  /** The identifier of the session, the same after a reconnect. */
  readonly session: string
  /** The credential that the client gave, unchecked. */
  readonly token: string | undefined
  /** Who it is, as the last grant says; undefined when it says nothing. */
  readonly user: string | undefined
  /** The server's logger, with the connection and the route in every line. */
  readonly log: Logger
  readonly request: RequestDetails
  /** The subprotocol that was chosen of those that the client offered; undefined when it offered none. */
  readonly subprotocol: string | undefined
  readonly status: ConnectionStatus
  /** What `createServer` was given as `state`: the same for every connection. */
  readonly app: App
  /**
   * Whether what is sent now can still arrive: while `status` is `connecting` or `open`. What is sent after that is
   * dropped and counted (`server.counters.unsent`); what asks rejects with `CONNECTION_CLOSED`.
   */
  readonly isConnected: boolean
  /**
   * Aborted when the connection has ended; in the handler of a stream, also when the client wants no more of it. A
   * generator that waits hears of it only so: it is not ended before it yields again.
   */
  readonly signal: AbortSignal
  /**
   * Whatever the handlers want to remember about this connection. It starts with the defaults of its schema, and what
   * has none is not there before a handler puts it there.
   */
  readonly state: Partial<State> & Pick<State, Start>
  /**
   * Says that it is known who this is, and with which scopes; throws `INVALID_GRANT` for what is no grant, and replaces what was granted before. Routes, channels and
   * messages that the schema declares with `auth` are refused without: `UNAUTHENTICATED` when nothing was granted or
   * it has expired, `FORBIDDEN` when a scope is missing. A route with `auth` closes with 4501 or 4503 when its
   * `connect` handler has granted too little, and with 4501 when the grant expires. What stands and is no
   * longer allowed ends: memberships and streams, and the connection where its route needs more. The client is asked
   * for a fresh credential before `expiresAt`, where a `refresh` handler is there.
   */
  grant(grant: Grant): void
  grant(): void
  /**
   * Ends the connection. `code` is one of 1000–1003, 1007–1014, 3000–4999 and `reason` has at most 123 UTF-8
   * bytes; anything else throws `INVALID_CLOSE`. Default 1000 without a reason. Closing twice does nothing.
   */
  close(code?: number, reason?: string): void
}

/** What became of a publication. */
export interface Published {
  /** Where it stands in the channel's history; undefined when it is not kept. */
  readonly position: Position | undefined
  /** Present when one with this `key` was published before: `position` is that one's, and nothing happened now. */
  readonly repeated?: true
  /** With `count`: how many members on this node it is for. Members on other nodes are not among them. */
  readonly delivered?: number
}

export interface PublishOptions {
  /** Connections that the publication is not for. That holds for those that follow them in their sessions, too. */
  readonly except?: readonly string[]
  /**
   * The only connections that it is for; others see nothing of it, now or in what they recover. That holds over
   * reconnects, as `except` does. `history()` on the server reads it all the same.
   */
  readonly to?: readonly string[]
  /**
   * Names the publication within its channel: a second one with the same key, on whichever node, is not published and
   * resolves with the position of the first. Remembered for `publishKeyTtlMs` (two minutes), unless
   * `maxPublishKeys` (10,000) newer ones came. At most 256 characters, else `TOO_BIG`.
   */
  readonly key?: string
  /** Asks for `delivered`. */
  readonly count?: boolean
}

/** A publication of a channel with the messages `Messages`, as it is kept. */
export type KeptPublication<Messages extends object> = {
  [Name in keyof Messages & string]: {
    readonly name: Name
    readonly data: Messages[Name]
    readonly offset: number
    /** When it was published, in milliseconds since the Unix epoch. */
    readonly at: number
  }
}[keyof Messages & string]

export interface HistoryOptions {
  /** How many publications at most. Default 50, at most 1,000. */
  readonly limit?: number
  /** Only publications below this offset, the newest of them. */
  readonly before?: number
  /** Only publications above this offset, the oldest of them. */
  readonly after?: number
}

/** A page of history, oldest first. */
export interface History<Messages extends object> {
  readonly epoch: string
  /** Where the channel stood when the page was read: what a snapshot of it belongs to. */
  readonly position: Position
  readonly publications: readonly KeptPublication<Messages>[]
  /** Whether there is more in the direction that was asked for. */
  readonly more: boolean
}

export interface ChannelMember<Presence> {
  /** The identifier of the member's connection. */
  readonly connection: string
  readonly data: Presence
}

export interface MembersOptions {
  /** How many members at most. Default 50, at most 1,000. */
  readonly limit?: number
  /** Only members after those of this page: its `next`. */
  readonly after?: string
}

/** Some of the members of a channel, in the order in which they came. */
export interface MembersPage<Member> {
  readonly members: readonly Member[]
  /** How many there are in all. */
  readonly count: number
  /** Where the next page begins; absent on the last one. */
  readonly next?: string
}

/** A user as a member of a channel, with all connections. */
export interface UserMember<Presence> {
  readonly user: string
  /** What any of the connections told last. */
  readonly data: Presence
  readonly connections: number
}

/** What members are to each other: connections, users, or a number. */
export type PresenceKind = 'connections' | 'users' | 'count'

/** A member of a channel of this kind. Where members see a number, the server still sees their connections. */
export type MemberOf<Presence, Kind extends PresenceKind> = Kind extends 'users'
  ? UserMember<Presence>
  : ChannelMember<Kind extends 'count' ? null : Presence>

/** What the server's code does in the life of a channel. An error is logged, and changes nothing. */
export interface ChannelHooks<Target, Params> {
  /**
   * Somebody is the first member on this server. Called once for each such time, never before the `lastLeave` of the
   * time before has settled. Other servers may have had members before: `channel.count()` tells, with presence.
   */
  firstJoin?(channel: Target, params: Params): void | Promise<void>
  /** The last member on this server has left. Called once for each `firstJoin`, after that one has settled. */
  lastLeave?(channel: Target, params: Params): void | Promise<void>
}

/** The hooks of a channel that keeps the newest values. */
export interface LatestHooks<Target, Params> extends ChannelHooks<Target, Params> {
  /**
   * Somebody joined, and no value is kept. What this publishes goes to everybody. Called once for all who join until
   * it has settled.
   */
  missing?(channel: Target, params: Params): void | Promise<void>
}

/** A channel as the server sees it. `Presence` is `never` where members tell nothing about themselves. */
export interface Channel<
  Messages extends object,
  Presence = never,
  Kind extends PresenceKind = 'connections',
> {
  readonly name: string
  /**
   * Appends to the channel's history, where it keeps one, and delivers to its members. Resolves when the
   * engine has it. A rejection that nobody handles is logged and never ends the process.
   */
  publish<Name extends keyof Messages & string>(
    name: Name,
    data: Messages[Name],
    options?: PublishOptions,
  ): Promise<Published>
  /** Who is here, on every node; all at once, or a page of them. Nobody on a channel without presence. */
  members(): Promise<readonly MemberOf<Presence, Kind>[]>
  members(page: MembersOptions): Promise<MembersPage<MemberOf<Presence, Kind>>>
  /** How many are here, on every node; 0 on a channel without presence. */
  count(): Promise<number>
  history(options?: HistoryOptions): Promise<History<Messages>>
  /** Forgets the history: nothing kept is read any more, and members are told that they have to begin anew. */
  clear(): Promise<void>
}

/** What a member is to start with; `presence` is due exactly on a channel that has presence. */
export type JoinArguments<Presence> = [Presence] extends [never]
  ? [options?: JoinOptions]
  : [options: JoinOptions & { readonly presence: Presence }]

export interface JoinOptions {
  /** How many of the newest publications a fresh member is sent. Default: as the schema says. */
  readonly replay?: number
}

/** A channel as one connection's handlers see it. */
export interface MemberChannel<
  Messages extends object,
  Presence = never,
  Kind extends PresenceKind = 'connections',
> extends Channel<Messages, Presence, Kind> {
  /** Makes this connection a member. False when it was one already. */
  join(...options: JoinArguments<Presence>): Promise<boolean>
  /** Ends the membership. False when there was none. */
  leave(): Promise<boolean>
  /** Replaces this member's presence metadata. False when it is no member, or tells nothing about itself. */
  update(presence: Presence): Promise<boolean>
}

/**
 * How the server waits for what it asks of a client. The call rejects with what the client answers, and with
 * `TIMEOUT`, `ABORTED`, `CONNECTION_LOST`, `CONNECTION_CLOSED`, `TOO_MANY_PENDING`, or `INVALID_PAYLOAD` when the
 * answer does not fit the schema. Asked in the `connect` handler, it is sent after the welcome: do not wait there.
 */
export interface AskOptions {
  /** How long to wait for the reply. Default: the limit `callTimeoutMs`, 30,000; 0 waits for ever. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/**
 * How the server reads a stream that a client makes. It is asked when the first item is wanted. Leaving the loop
 * cancels it.
 */
export interface ReadOptions {
  /** How many items may be on their way or wait to be read: an integer from 1 on, else a `RangeError`. Default 64. */
  readonly maxBuffered?: number
  readonly signal?: AbortSignal
}

/** What asking a client can fail with: what the message declares, or an error of Wirepact's own table. */
export type AskError<Errors extends object> =
  | { [Code in keyof Errors & string]: WirepactError<Code, Errors[Code]> }[keyof Errors & string]
  | WirepactError<ErrorCode, undefined>

/** The result of the `safe` form: never thrown. */
export type Outcome<Output, Errors extends object> =
  | { readonly ok: true; readonly output: Output; readonly error?: undefined }
  | { readonly ok: false; readonly error: AskError<Errors>; readonly output?: undefined }

/** A request of the server to one client: call it for the reply (errors are thrown), or call `safe` for an outcome. */
export interface Ask<Input, Output, Errors extends object = object> {
  (input: Input, options?: AskOptions): Promise<Output>
  safe(input: Input, options?: AskOptions): Promise<Outcome<Output, Errors>>
}

/** Makes the declared error to throw: `throw ctx.errors.NAME_TAKEN({ suggestion })`. */
export type ErrorFactories<Errors extends object> = {
  readonly [Code in keyof Errors & string]: (
    ...given: undefined extends Errors[Code]
      ? [data?: Errors[Code], message?: string]
      : [data: Errors[Code], message?: string]
  ) => WirepactError<Code, Errors[Code]>
}

/** An asked-for membership, for the `authorize` handler of a guarded channel. */
export interface JoinRequest<Params, Presence> {
  readonly params: Params
  readonly presence: Presence
}

export type { ErrorCode }
