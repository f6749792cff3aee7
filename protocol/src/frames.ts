import type { Problem } from './validator.js'

/** The protocol's version, offered and answered as a WebSocket subprotocol (RFC 6455, section 1.9). */
export const SUBPROTOCOL = 'wirepact.v1.json'

/** A place in a channel's history: offsets count publications from 1 within an epoch. */
export type Position = readonly [epoch: string, offset: number]

/** What a client says first. */
export interface Hello {
  /** The hash of the schema that the client was generated from. */
  readonly contract?: string
  /** The session to go on with, as the last `welcome` named it. */
  readonly session?: string
  /** Counts the connections that the client has tried to make; of two in one session the later one is right. */
  readonly attempt?: number
  /** A credential for the server's handlers; the protocol gives it no meaning. */
  readonly token?: string
  /** Whether the client answers `refresh` with a fresh credential. */
  readonly refresh?: boolean
  /** Where the client stands in each channel that it was a member of. */
  readonly positions?: Readonly<Record<string, Position>>
}

/** What the server answers to `hello`, before any other frame. */
export interface Welcome {
  /** The identifier of this connection. */
  readonly connection: string
  /** The identifier of the session; it outlives the connection. */
  readonly session: string
  /** The hash of the schema that the server was generated from. */
  readonly contract: string
  /** The server sends `ping` after this many milliseconds without having sent anything else. */
  readonly pingIntervalMs: number
  /** How long either side waits beyond the interval before it takes the other for dead. */
  readonly pingTimeoutMs: number
  /** The largest message that the server accepts, in bytes. */
  readonly maxPayloadBytes: number
  /** The sequence number of the last acknowledged event of the session that was handled; absent for none. */
  readonly acked?: number
}

/** An error as it goes over the wire. */
export interface ErrorBody {
  /** A code of the error table, or one that the request declares. */
  readonly code: string
  /** One sentence for a person. */
  readonly message: string
  /** True when `code` is one that the schema declares for this request; `data` then fits its schema. */
  readonly declared?: true
  /** The data of a declared error; of `RATE_LIMITED`, how long to wait: `{ retryAfterMs }`. */
  readonly data?: unknown
  /** The message that the error is about, where the frame has no id. */
  readonly name?: string
  /** Why a payload does not fit its schema. */
  readonly problems?: readonly Problem[]
}

/** Why a member's position could not be recovered from. */
export type GapReason = 'no-history' | 'epoch-changed' | 'trimmed' | 'too-many' | 'ahead'

/** A member of a channel with its metadata: a connection, or a user with the number of its connections. */
export type Member = readonly [id: string, data: unknown, connections?: number | undefined]

/** The confirmation of a membership; it precedes all data of the channel. */
export interface Joined {
  /** Where the member stands now; absent when the channel keeps no history. */
  readonly position?: Position
  /** The offset of the newest publication at this moment: those up to it, sent next, are from history. */
  readonly top?: number
  /** Present when a position was given: whether what was missed follows, complete. */
  readonly recovered?: boolean
  /** Present when `recovered` is false. */
  readonly reason?: GapReason
  /** Present when the channel keeps the newest values alone: the offsets of what is sent have holes. */
  readonly latest?: true
  /** Who is here, the member itself included; absent when members are not told. */
  readonly presence?: readonly Member[]
  /** How many are here, the member itself included, where that is all that members are told. */
  readonly count?: number
}

/** One change of a channel's presence; an `update` carries the whole new metadata. */
export type PresenceChange =
  | readonly [change: 'join' | 'update', id: string, data: unknown, connections?: number]
  | readonly [change: 'leave', id: string]
  | readonly [change: 'count', count: number]

/** What a client may ask for when it subscribes. */
export interface SubscribeOptions {
  /** Where the client stands; absent for a fresh subscription. */
  readonly position?: Position | undefined
  /** The member's metadata, on a channel with presence. */
  readonly presence?: unknown
}

/** Which page of a channel's history: at most `limit` publications below `before`, or above `after`. */
export interface HistoryQuery {
  readonly limit: number
  readonly before?: number
  readonly after?: number
}

/** One publication as it is kept. Bytes are a string of their Base64, and say so in the last element. */
export type Kept = readonly [offset: number, name: string, data: unknown, at: number, encoding?: 'base64']

/** A page of a channel's history, oldest first. */
export interface HistoryPage {
  readonly epoch: string
  /** The newest offset at the moment of reading; with the epoch, the position that the page belongs to. */
  readonly offset: number
  readonly publications: readonly Kept[]
  /** Whether there is more in the direction that was asked for. */
  readonly more: boolean
}

/** Which page of a channel's members: at most `limit`, after the page whose `next` this is. */
export interface MembersQuery {
  /** 0 to be told the count alone. */
  readonly limit: number
  readonly after?: string
}

/** Some of a channel's members, in the order in which they came. */
export interface MembersPage {
  readonly members: readonly Member[]
  /** How many there are in all. */
  readonly count: number
  /** Where the next page begins; absent on the last one. */
  readonly next?: string
}

/** The server's announcement that it will close the connection. */
export interface Bye {
  readonly code: number
  readonly reason: string
  /** The window, in milliseconds from now, in which the client should come back, at a random moment. */
  readonly retryAfterMs?: readonly [from: number, to: number]
}

/** What a client sends. */
export type ClientFrame =
  | readonly [type: 'hello', hello: Hello]
  | readonly [type: 'event', name: string, data: unknown, sequence?: number]
  | readonly [type: 'request', id: number, name: string, input: unknown]
  | readonly [type: 'stream', id: number, name: string, input: unknown, credit: number]
  | readonly [type: 'credit', id: number, more: number]
  | readonly [type: 'cancel', id: number]
  | readonly [type: 'reply', id: number, output: unknown]
  | readonly [type: 'error', id: number, error: ErrorBody]
  | readonly [type: 'item', id: number, data: unknown]
  | readonly [type: 'end', id: number]
  | readonly [type: 'subscribe', id: number, channel: string, options: SubscribeOptions]
  | readonly [type: 'unsubscribe', id: number, channel: string]
  | readonly [type: 'history', id: number, channel: string, query: HistoryQuery]
  | readonly [type: 'members', id: number, channel: string, query: MembersQuery]
  | readonly [type: 'refresh', id: number, token: string | null]
  | readonly [type: 'pong']

/** What a server sends. */
export type ServerFrame =
  | readonly [type: 'welcome', welcome: Welcome]
  | readonly [type: 'event', name: string, data: unknown]
  | readonly [type: 'reply', id: number, output: unknown]
  | readonly [type: 'error', id: number | null, error: ErrorBody]
  | readonly [type: 'item', id: number, data: unknown]
  | readonly [type: 'end', id: number]
  | readonly [type: 'ack', sequence: number]
  | readonly [type: 'request', id: number, name: string, input: unknown]
  | readonly [type: 'stream', id: number, name: string, input: unknown, credit: number]
  | readonly [type: 'credit', id: number, more: number]
  | readonly [type: 'cancel', id: number]
  | readonly [type: 'joined', id: number | null, channel: string, joined: Joined]
  | readonly [type: 'left', id: number | null, channel: string, error?: ErrorBody]
  | readonly [type: 'publication', channel: string, name: string, data: unknown, offset: number | null]
  | readonly [type: 'skip', channel: string, offset: number]
  | readonly [type: 'presence', channel: string, changes: readonly PresenceChange[]]
  | readonly [type: 'refresh', withinMs: number]
  | readonly [type: 'bye', bye: Bye]
  | readonly [type: 'ping']

/** Anything that goes over the wire. */
export type Frame = ClientFrame | ServerFrame
