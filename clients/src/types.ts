import type { ErrorCode, GapReason, MaybePromise, Position, WirepactError } from '@wirepact/protocol/client'

/** Where a connection stands, as a tagged object that carries what belongs to that state. */
export type Status =
  | { readonly state: 'idle' }
  /** `attempt` counts the retries since the connection was last open for five seconds; 0 for the first try. */
  | { readonly state: 'connecting'; readonly attempt: number }
  /** On a bare route the server gives no names: both are empty. */
  | { readonly state: 'open'; readonly connection: string; readonly session: string }
  | {
      readonly state: 'waiting'
      readonly attempt: number
      /** When the next attempt is due, in milliseconds since the Unix epoch. */
      readonly until: number
      /** Why the last one ended. */
      readonly cause: CloseCause
    }
  | { readonly state: 'closed'; readonly cause: CloseCause }

/** Why a connection ended. */
export interface CloseCause {
  readonly code: number
  readonly reason: string
  /** The error that explains it, where there is one. */
  readonly error?: WirepactError | undefined
}

/** Stops what it came from: a listener, a subscription. Calling it twice does nothing. */
export type Stop = () => void

/**
 * What became of a one-way message. Refused are `TOO_BIG`, `NOT_SERIALIZABLE`, `BUFFER_OVERFLOW` (too many wait, or
 * the network does not keep up) and `CONNECTION_CLOSED`. What was queued and is not sent after all goes to `onError`.
 *
 * An acknowledged event is kept beyond `sent`, until the server has handled it, and sent again on every new
 * connection. The server handles it once; only one that has forgotten the session (it was away for longer than it
 * keeps sessions, or lost its store) may handle it again. One that is still kept when the connection is closed for
 * good goes to `onError`.
 */
export type Sent =
  | { readonly outcome: 'sent' }
  /** Not open now: it goes out with the next connection, in the order in which it was said. */
  | { readonly outcome: 'queued' }
  | { readonly outcome: 'refused'; readonly error: WirepactError }

export interface SendOptions {
  /**
   * How long the message may wait for a connection (an acknowledged event: for the server to have handled it). Then it
   * is not sent any more and goes to `onError`, with `TIMEOUT`. Default 0: for ever.
   */
  readonly ttlMs?: number
  /** Takes the message back, as long as it waits; it goes to `onError`, with `ABORTED`. */
  readonly signal?: AbortSignal
}

export interface CallOptions {
  /** How long to wait for the reply. Default 10,000; 0 waits for ever. */
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/** What a request can fail with: what it declares, or an error of Wirepact's own table. */
export type CallError<Errors extends object> =
  | { [Code in keyof Errors & string]: WirepactError<Code, Errors[Code]> }[keyof Errors & string]
  | WirepactError<ErrorCode, undefined>

/** The result of the `safe` form: never thrown. */
export type Outcome<Output, Errors extends object> =
  | { readonly ok: true; readonly output: Output; readonly error?: undefined }
  | { readonly ok: false; readonly error: CallError<Errors>; readonly output?: undefined }

/**
 * A request: call it for the reply (errors are thrown), or call `safe` for an outcome. Made while there is no
 * connection, it waits for one until its timeout. It always settles; beside what the server answers, with
 * `CONNECTION_LOST` (whether it was handled is not known), `CONNECTION_CLOSED`, `TIMEOUT`, `ABORTED`,
 * `TOO_MANY_PENDING`, `TOO_BIG`, `BUFFER_OVERFLOW` or `NOT_SERIALIZABLE`. One that the schema calls idempotent is
 * not lost with a connection: it is asked again on the next one, until its timeout.
 */
export interface Call<Input, Output, Errors extends object = object> {
  (input: Input, options?: CallOptions): Promise<Output>
  safe(input: Input, options?: CallOptions): Promise<Outcome<Output, Errors>>
}

export interface StreamOptions {
  /**
   * How long to wait for the first item, or the end, connecting included; then the stream fails with `TIMEOUT`. Default
   * 0: for ever. A server that is gone later is noticed by its silence.
   */
  readonly timeoutMs?: number
  /**
   * Ends the stream with `ABORTED`, without the items that are not read yet. One that was aborted before is thrown by the
   * call, and nothing is asked for.
   */
  readonly signal?: AbortSignal
  /** How many items may be on the way or unread: the server is allowed no more. From 1 on; default 64. */
  readonly maxBuffered?: number
}

/**
 * A message that is answered by many items: call it and iterate. It is asked at once, or, while there is no
 * connection, as soon as there is one; it counts as a pending call until it ends. Leaving the loop tells the server
 * to stop. The iterator throws what the server answers, `CONNECTION_LOST` (nothing is asked again by itself),
 * `CONNECTION_CLOSED`, `ABORTED`, `TOO_MANY_PENDING`, `TOO_BIG`, `BUFFER_OVERFLOW` or `NOT_SERIALIZABLE`; items that
 * came before are delivered before it throws, unless it was aborted.
 */
export interface StreamCall<Input, Item, Errors extends object = object> {
  (input: Input, options?: StreamOptions): AsyncIterableIterator<Item, undefined, undefined>
  /** Whether `thrown` is an error of a stream, and so one of those that this one can fail with. */
  isError(thrown: unknown): thrown is CallError<Errors>
}

/** What a handler of the server's questions is told beside the input. */
export interface AnswerContext<Errors extends object = object> {
  /** Aborted when the server no longer wants the answer, or can no longer be given it. */
  readonly signal: AbortSignal
  /** Makes the declared error to throw: `throw errors.BUSY({ until })`. Anything else that is thrown is `INTERNAL`. */
  readonly errors: {
    readonly [Code in keyof Errors & string]: (
      ...given: undefined extends Errors[Code]
        ? [data?: Errors[Code], message?: string]
        : [data: Errors[Code], message?: string]
    ) => WirepactError
  }
}

/** Answers a request of the server. */
export type RequestHandler<Input, Output, Errors extends object = object> = (
  input: Input,
  context: AnswerContext<Errors>,
) => MaybePromise<Output>

/** Answers a stream of the server, most simply as an async generator; it is asked for items as they are wanted. */
export type StreamHandler<Input, Item, Errors extends object = object> = (
  input: Input,
  context: AnswerContext<Errors>,
) => AsyncIterable<Item> | Iterable<Item>

/**
 * What a generated connection has beside {@link Connection} where the server asks questions. `Answers` has a
 * {@link RequestHandler} or {@link StreamHandler} by each message's name.
 */
export interface Answering<Answers extends object> {
  /**
   * Answers this message of the server from now on, in place of whoever did before. Without a handler the server is
   * answered `UNKNOWN_MESSAGE`. What a handler throws and has not declared goes to `onError`, too.
   */
  handle<Name extends keyof Answers & string>(name: Name, handler: Answers[Name]): Stop
}

/** What a generated connection has beside {@link Connection} where the schema says that something is for some alone. */
export interface Refreshing {
  /**
   * Gives the server a fresh credential from the client's `auth`, without a new connection: after a login, say, or when
   * the credential has changed. The client does so by itself when the server asks for it. Resolves when the server has
   * taken it. Rejects with what `auth` throws, and with what the server answers: when it refuses the credential the
   * connection is closed for good, with `UNAUTHENTICATED` or `FORBIDDEN`.
   */
  refresh(): Promise<void>
}

/** What a listener is told beside the data. */
export interface PublicationInfo {
  /** Where the publication stands in the channel's history; null when it is not kept. */
  readonly offset: number | null
  /** True for what comes from history (a replay or a recovery), false for what happened just now. */
  readonly replayed: boolean
}

/** One publication of a channel with the messages `Messages`. */
export type ChannelPublication<Messages extends object> = {
  [Name in keyof Messages & string]: {
    readonly name: Name
    readonly data: Messages[Name]
    readonly info: PublicationInfo
  }
}[keyof Messages & string]

/** A publication read from history. */
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
  /** How many publications at most. Default 50. */
  readonly limit?: number
  /** Only publications below this offset. */
  readonly before?: number
  /** Only publications above this offset. */
  readonly after?: number
}

/** A page of history, oldest first. */
export interface History<Messages extends object> {
  readonly epoch: string
  /** Where the channel stood when the page was read: what a snapshot of it belongs to. */
  readonly position: Position
  readonly publications: readonly KeptPublication<Messages>[]
  readonly more: boolean
}

/** Where a channel stands. */
export type ChannelStatus =
  | { readonly state: 'idle' }
  | { readonly state: 'joining' }
  | { readonly state: 'joined'; readonly position: Position | undefined }
  | { readonly state: 'refused'; readonly error: WirepactError }

/** Publications were missed and cannot be had: reload what was built on them. */
export interface Gap {
  readonly reason: GapReason
  /** Where the channel stood before; where it goes on. */
  readonly from: Position
  readonly to: Position | undefined
}

export interface ChannelMember<Presence> {
  readonly connection: string
  readonly data: Presence
}

export interface MembersOptions {
  /** How many members at most. Default 50. */
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

/**
 * Who is in a channel: kept up to date while it is joined. While the connection is away, and after it was closed,
 * the list is as it was last known.
 */
export interface Presence<Data> {
  /** Who is here now, oldest member first. A new array after every change. */
  readonly members: readonly ChannelMember<Data>[]
  readonly count: number
  /** Called after every change, with all members. */
  onChange(listener: (members: readonly ChannelMember<Data>[]) => void): Stop
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

/** A member of a channel of this kind. */
export type MemberOf<Presence, Kind extends PresenceKind> = Kind extends 'users'
  ? UserMember<Presence>
  : ChannelMember<Kind extends 'count' ? null : Presence>

/** Which users are here: as {@link Presence}, with users for members. */
export interface UserPresence<Data> {
  /** Which users are here now, the oldest first. A new array after every change. */
  readonly members: readonly UserMember<Data>[]
  readonly count: number
  /** Called after every change, with all members. */
  onChange(listener: (members: readonly UserMember<Data>[]) => void): Stop
}

/** How many are here, where members are not told who. Told after a while, so that many changes are told as one. */
export interface CountPresence {
  /** 0 until the channel is joined; while the connection is away, as last known. */
  readonly count: number
  onChange(listener: (count: number) => void): Stop
}

/** What a channel of this kind tells about its members. */
export type PresenceOf<Data, Kind extends PresenceKind> = Kind extends 'count'
  ? CountPresence
  : [Data] extends [never]
    ? undefined
    : Kind extends 'users'
      ? UserPresence<Data>
      : Presence<Data>

export interface MessagesOptions {
  /** How many undelivered messages the iterator holds. Default 1,000. */
  readonly maxBuffered?: number
  /** What happens beyond that: the iterator fails with `BUFFER_OVERFLOW` (default), or drops the oldest. */
  readonly overflow?: 'fail' | 'drop-oldest'
  /** Ends the iterator with `ABORTED`, without what it still holds. One that was aborted before is thrown by the call. */
  readonly signal?: AbortSignal
}

export interface SubscribeOptions {
  /**
   * The position that a snapshot belongs to, loaded from elsewhere: what was published since follows, or a gap is told.
   * A channel that stands somewhere already goes on from there.
   */
  readonly since?: Position
}

/** A channel as a client sees it. `PresenceData` is `never` where members tell nothing about themselves. */
export interface Channel<
  Messages extends object,
  PresenceData = never,
  Kind extends PresenceKind = 'connections',
> {
  /** The full name, parameters filled in. */
  readonly name: string
  readonly status: ChannelStatus
  /** Calls back for every publication of this name, also after reconnects. */
  on<Name extends keyof Messages & string>(
    name: Name,
    listener: (data: Messages[Name], info: PublicationInfo) => void,
  ): Stop
  /** All publications, as an async iterator that ends when the connection is closed for good. */
  messages(options?: MessagesOptions): AsyncIterableIterator<ChannelPublication<Messages>>
  onStatus(listener: (status: ChannelStatus) => void): Stop
  /** Called when publications were missed that history no longer has. */
  onGap(listener: (gap: Gap) => void): Stop
  readonly presence: PresenceOf<PresenceData, Kind>
  history(options?: HistoryOptions): Promise<History<Messages>>
  /** Asks the server for a page of those who are here, for members. Fails with `NO_PRESENCE` where there is none. */
  members(options?: MembersOptions): Promise<MembersPage<MemberOf<PresenceData, Kind>>>
  /** Asks the server how many are here. Fails with `NO_PRESENCE` where there is none. */
  count(): Promise<number>
}

/**
 * A channel that the client itself subscribes to. Listening subscribes too, unless members have metadata. What is
 * wanted changes by `subscribe` and `unsubscribe` alone: a subscription that was refused, or that the server has
 * ended, is tried again with the next connection.
 */
export interface SubscribableChannel<
  Messages extends object,
  PresenceData = never,
  Kind extends PresenceKind = 'connections',
> extends Channel<Messages, PresenceData, Kind> {
  /**
   * Resolves when joined, at once where it is already; the metadata of a membership that stands is for the server
   * to change. Rejects when the server refuses (which goes to `onError` too), with `ABORTED` after `unsubscribe`
   * and with `CONNECTION_CLOSED`. The status says the same, so nobody has to wait for it.
   */
  subscribe(
    ...options: [PresenceData] extends [never]
      ? [options?: SubscribeOptions]
      : [options: SubscribeOptions & { readonly presence: PresenceData }]
  ): Promise<void>
  /** Ends it, at once on this side. Resolves when the server has confirmed, or can no longer be asked. */
  unsubscribe(): Promise<void>
}

/** What every generated connection has beside the route's own messages. */
export interface Connection<Events extends object> {
  readonly status: Status
  /** Calls back with each status, from the next one on. */
  onStatus(listener: (status: Status) => void): Stop
  /**
   * The status as it is, then each one that follows, until the connection is closed. What passes while the loop is busy
   * is left out: it gets the newest.
   */
  statuses(): AsyncGenerator<Status, void, undefined>
  /** Calls back for every event of this name that the server sends. */
  on<Name extends keyof Events & string>(name: Name, listener: (data: Events[Name]) => void): Stop
  /** Never there, a type alone: by `on`, no compiler tells connections with other events apart. */
  readonly '~events'?: Events
  /**
   * Calls back for what no call is waiting for: a refused event, a frame that this client does not know, and, as
   * the `cause` of an `INTERNAL`, what a listener threw. Without any such listener, what a listener threw becomes
   * an uncaught error.
   */
  onError(listener: (error: WirepactError) => void): Stop
  /** Resolves when open; rejects when closed for good, with the reason where there is one: `UNAUTHENTICATED`. */
  ready(): Promise<void>
  /** Connects again after `close`, or at once instead of waiting. */
  connect(): void
  /**
   * Ends the connection for good: pending calls are rejected, nothing reconnects. `code` is 1000 (default) or one
   * of 3000–4999, `reason` has at most 123 bytes of UTF-8; else throws `INVALID_CLOSE`.
   */
  close(code?: number, reason?: string): void
}

/**
 * What a generated client asks of its caller for one connection. Generated interfaces have no index signature,
 * so nothing is said of the members here; the generated code says it, and making the address checks it.
 */
export interface ConnectArguments {
  readonly params?: object | undefined
  readonly query?: object | undefined
  /** Only where the platform can send them: a browser's WebSocket cannot. */
  readonly headers?: object | undefined
  /** Only where the platform can send them: a browser sends the cookies that it has. */
  readonly cookies?: object | undefined
  /** What to ask for, beside Wirepact's own; the server prefers the first that it knows. */
  readonly subprotocols?: readonly string[] | undefined
}
