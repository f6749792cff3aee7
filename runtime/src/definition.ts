import type { Validator } from '@wirepact/protocol'

/** How the text of a path or query parameter becomes a value. A one-element array means a repeated parameter. */
export type Conversion = 'string' | 'number' | 'integer' | 'boolean'
export type Conversions = Readonly<Record<string, Conversion | readonly [Conversion]>>

/** Path or query parameters: converted from text first, then checked. */
export interface ParametersDefinition {
  readonly convert: Conversions
  readonly validator: Validator
}

/** A one-way message. */
export interface EventDefinition {
  readonly kind: 'event'
  readonly data: Validator
}

/** A message with a reply. */
export interface RequestDefinition {
  readonly kind: 'request'
  readonly input: Validator
  readonly output: Validator
  /** The declared errors: the schema of each one's data by its code. */
  readonly errors: Readonly<Record<string, Validator>>
}

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
}

export interface ChannelDefinition {
  /** The template of the channel's name, such as `room/{roomId}`. */
  readonly name: string
  /**
   * Who makes a connection a member: `handler`, only the server's code; `guarded`, the client asks and the
   * route's `authorize` handler decides; `open`, any connection of the route that asks.
   */
  readonly join: 'handler' | 'guarded' | 'open'
  readonly messages: Readonly<Record<string, ChannelMessageDefinition>>
  readonly history?: HistoryDefinition
  /** The schema of a member's metadata; absent when the channel has no presence. */
  readonly presence?: Validator
}

export interface RouteDefinition {
  readonly name: string
  /** The template of the path, such as `/chat/{roomId}`. */
  readonly path: string
  readonly params?: ParametersDefinition
  readonly query?: ParametersDefinition
  /** What clients send, by name. */
  readonly receives: Readonly<Record<string, EventDefinition | RequestDefinition>>
  /** What the server sends to one client, by name. */
  readonly sends: Readonly<Record<string, EventDefinition>>
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
