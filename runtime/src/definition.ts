import type { Validator } from '@wirepact/protocol'

/** How the text of a path or query parameter becomes a value. A one-element array means a repeated parameter. */
export type Conversion = 'string' | 'number' | 'integer' | 'boolean'
/** A parameter that may come several times. A required one that does not come at all is an empty list. */
export type ListConversion = readonly [Conversion] | readonly [Conversion, 'required']
export type Conversions = Readonly<Record<string, Conversion | ListConversion>>

/** Path or query parameters: converted from text first, then checked. */
export interface ParametersDefinition {
  readonly convert: Conversions
  readonly validator: Validator
}

/** Who may use a part: anybody who is known, or those who have every one of these scopes. */
export type AuthRequirement = 'required' | readonly string[]

/** How often one connection may send a message: `burst` at once, `perSecond` over time. */
export interface RateLimit {
  readonly perSecond: number
  readonly burst: number
}

/** What happens to a message for a connection that does not keep up. `latest` keeps the newest for each key. */
export type Backpressure =
  | { readonly policy: 'close' | 'drop' }
  | { readonly policy: 'latest'; readonly key?: string }

/** What holds for a message that comes in. */
interface Admittance {
  readonly rateLimit?: RateLimit
  readonly auth?: AuthRequirement
}

/** A one-way message. */
export interface EventDefinition extends Admittance {
  readonly kind: 'event'
  readonly data: Validator
  /** Absent for at most once. `acknowledged`: kept and sent again until the server has handled it. */
  readonly delivery?: 'acknowledged'
  /** On a bare route: what the discriminating property holds. Absent where there is no such property. */
  readonly tag?: string | number | boolean | null
  /** For what the server sends. Default: close. */
  readonly backpressure?: Backpressure
}

/** A message with a reply. */
export interface RequestDefinition extends Admittance {
  readonly kind: 'request'
  readonly input: Validator
  readonly output: Validator
  /** The declared errors: the schema of each one's data by its code. */
  readonly errors: Readonly<Record<string, Validator>>
  /** Whether it may be sent again when the answer was lost. */
  readonly idempotent?: true
}

/** A message that is answered by many items. */
export interface StreamDefinition extends Admittance {
  readonly kind: 'stream'
  readonly input: Validator
  readonly item: Validator
  readonly errors: Readonly<Record<string, Validator>>
}

export type MessageDefinition = EventDefinition | RequestDefinition | StreamDefinition

/** What a channel keeps; every limit is optional and the tightest one wins. */
export interface HistoryDefinition {
  /** Default 1,000. */
  readonly maxMessages?: number
  readonly maxBytes?: number
  /** How long a publication is kept, in milliseconds. Default: no limit. */
  readonly ttlMs?: number
  /** How many of the newest publications a fresh member is sent. Default 0. */
  readonly replay?: number
}

/** One message of a channel. */
export interface ChannelMessageDefinition {
  readonly data: Validator
  /** False for a message that is never kept, on a channel that keeps history. */
  readonly history: boolean
  /** Default: close. */
  readonly backpressure?: Backpressure
}

export interface ChannelDefinition {
  /** The template of the channel's name, such as `room/{roomId}`. */
  readonly name: string
  /** How the name's parameters become values; absent when they are all strings. */
  readonly params?: ParametersDefinition
  readonly auth?: AuthRequirement
  /**
   * Who makes a connection a member: `handler`, only the server's code; `guarded`, the client asks and the
   * route's `authorize` handler decides; `open`, any connection of the route that asks.
   */
  readonly join: 'handler' | 'guarded' | 'open'
  readonly messages: Readonly<Record<string, ChannelMessageDefinition>>
  readonly history?: HistoryDefinition
  /** Keeps the newest of each key in the place of a history. */
  readonly latest?: LatestDefinition
  /** The schema of a member's metadata; absent when members tell nothing. */
  readonly presence?: Validator
  /** How presence is told; absent when it is every connection by itself, at once. */
  readonly roster?: RosterDefinition
}

/** Which values a channel keeps. */
export interface LatestDefinition {
  /** The property that is the key; absent when each message is one. */
  readonly key?: string
  /** Default 1,000. */
  readonly maxKeys?: number
  /** Default: no limit. */
  readonly ttlMs?: number
}

/** How the members of a channel are told of each other. */
export interface RosterDefinition {
  /** The connections of one user are one member. */
  readonly by?: 'user'
  /** Only how many they are; there is presence then without metadata. */
  readonly show?: 'count'
  /** How long a member stays whose connection was lost. Default 0. */
  readonly graceMs?: number
}

export interface RouteDefinition {
  readonly name: string
  /** The template of the path, such as `/chat/{roomId}`. */
  readonly path: string
  readonly params?: ParametersDefinition
  readonly query?: ParametersDefinition
  /** By header name in lower case. */
  readonly headers?: ParametersDefinition
  readonly cookies?: ParametersDefinition
  /** Those that a client may ask for, beside Wirepact's own; the server prefers the first. */
  readonly subprotocols?: readonly string[]
  readonly auth?: AuthRequirement
  /** What the state of each connection starts with; absent for nothing. */
  readonly state?: Readonly<Record<string, unknown>>
  /** Absent for Wirepact's envelope. `bare`: messages go as they are. */
  readonly wire?: 'bare'
  /** On a bare route: the property that tells the messages apart. */
  readonly discriminator?: string
  /** What clients send, by name. */
  readonly receives: Readonly<Record<string, MessageDefinition>>
  /** What the server sends to one client, by name. */
  readonly sends: Readonly<Record<string, MessageDefinition>>
  readonly channels: Readonly<Record<string, ChannelDefinition>>
}

/** What the generator writes about an API for the runtime. */
export interface ApiDefinition {
  readonly title: string
  readonly version: string
  /** The hash of the contract. */
  readonly contract: string
  readonly routes: readonly RouteDefinition[]
}
