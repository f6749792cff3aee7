/** A JSON Schema 2020-12 as plain data: no symbols, no functions, `$ref` only to `#/$defs/NAME`. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown }

/** A place in a user's source file. Lines and columns count from 1. */
export interface Site {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** What a person wrote about a part of the schema. */
export interface Docs {
  readonly description?: string
  readonly deprecated?: boolean
  /** Values that fit the part's payload, for documents. */
  readonly examples?: readonly unknown[]
}

/** Who may use a part: anybody who is known, or those who have every one of these scopes. */
export type AuthIr = 'required' | readonly string[]

/** How often one connection may send a message: `burst` at once, `perSecond` over time. */
export interface RateLimitIr {
  readonly perSecond: number
  readonly burst: number
}

/** What happens to a message for a connection that does not keep up. `latest` keeps the newest for each key. */
export type BackpressureIr =
  | { readonly policy: 'close' | 'drop' }
  | { readonly policy: 'latest'; readonly key?: string }

/**
 * The intermediate form: an API as plain data. Everything after lowering works on this alone and never sees
 * TypeBox. Every payload is a named schema in `schemas`; parts refer to it by that name. Names are legal,
 * unique TypeScript identifiers.
 */
export interface ApiIr extends Docs {
  readonly title: string
  readonly version: string
  readonly routes: readonly RouteIr[]
  /** Named schemas, sorted by name. */
  readonly schemas: readonly SchemaIr[]
  /** SHA-256 of the canonical JSON of all that goes over the wire, as 16 hexadecimal digits. */
  readonly contract: string
}

export interface SchemaIr {
  readonly name: string
  readonly schema: JsonSchema
  /** The route whose modules it belongs to; null when several routes share it. */
  readonly route: string | null
  /** Absent for JSON. `binary`: raw bytes, `schema` is `true`. `text`: on a bare route, the message itself. */
  readonly content?: 'text' | 'binary'
  /** For `binary`: the most bytes, and what they are. */
  readonly maxBytes?: number
  readonly mediaType?: string
  /** For `binary` and `text`: what a person wrote about it. */
  readonly description?: string
}

export interface RouteIr extends Docs {
  /** The route's key, camelCase as the user wrote it, such as `chat`. */
  readonly name: string
  /** The prefix of its type names, such as `Chat`. */
  readonly typeName: string
  readonly path: string
  readonly params: ParametersIr | null
  readonly query: ParametersIr | null
  /** Header names are in lower case. */
  readonly headers?: ParametersIr
  readonly cookies?: ParametersIr
  /** Those that a client may ask for, beside Wirepact's own; the server prefers the first. */
  readonly subprotocols?: readonly string[]
  /** The schema of `ctx.state`, which is a type alone: never sent, never checked. */
  readonly state?: string
  readonly auth?: AuthIr
  /** Absent for Wirepact's envelope. `bare`: messages go as they are. */
  readonly wire?: 'bare'
  /** On a bare route: the property that tells the messages apart, each having a `const` of its own there. */
  readonly discriminator?: string
  readonly clientToServer: readonly MessageIr[]
  readonly serverToClient: readonly MessageIr[]
  readonly channels: readonly ChannelIr[]
}

export type ConversionIr = 'string' | 'number' | 'integer' | 'boolean'

export interface ParametersIr {
  readonly schema: string
  /** In the order of the path, or sorted for a query. */
  readonly convert: readonly {
    readonly name: string
    readonly to: ConversionIr
    readonly repeated: boolean
    /** Of one that may be repeated: whether none at all is an empty list, rather than nothing. */
    readonly required?: true
  }[]
}

export type MessageIr = EventIr | RequestIr | StreamIr

export interface EventIr extends Docs {
  readonly kind: 'event'
  readonly name: string
  readonly typeName: string
  /** The payload's schema; null when the message carries none. */
  readonly data: string | null
  /** Absent for at most once. `acknowledged`: kept and sent again until the server has handled it. */
  readonly delivery?: 'acknowledged'
  readonly rateLimit?: RateLimitIr
  readonly backpressure?: BackpressureIr
  readonly auth?: AuthIr
}

export interface RequestIr extends Docs {
  readonly kind: 'request'
  readonly name: string
  readonly typeName: string
  readonly input: string | null
  readonly output: string | null
  readonly errors: readonly { readonly code: string; readonly data: string | null }[]
  /** Whether it may be sent again when the answer was lost. */
  readonly idempotent?: true
  readonly rateLimit?: RateLimitIr
  readonly auth?: AuthIr
}

/** A message that is answered by many items. */
export interface StreamIr extends Docs {
  readonly kind: 'stream'
  readonly name: string
  readonly typeName: string
  readonly input: string | null
  readonly item: string
  readonly errors: readonly { readonly code: string; readonly data: string | null }[]
  readonly rateLimit?: RateLimitIr
  readonly auth?: AuthIr
}

export interface ChannelIr extends Docs {
  readonly key: string
  readonly typeName: string
  /** The template of the channel's name. */
  readonly name: string
  /** The template's parameters in order; `fromRoute` when the route's path has one of the same name. */
  readonly params: readonly { readonly name: string; readonly fromRoute: boolean }[]
  /** The types of the name's parameters; absent when they are all strings. */
  readonly paramTypes?: ParametersIr
  readonly auth?: AuthIr
  readonly join: 'handler' | 'guarded' | 'open'
  readonly messages: readonly (EventIr & { readonly history: boolean })[]
  readonly history: {
    readonly maxMessages?: number
    readonly maxBytes?: number
    readonly ttlMs?: number
    readonly replay?: number
  } | null
  /** Keeps the newest of each key in the place of a history, which is null then. */
  readonly latest?: {
    /** The property that is the key; absent when each message is one. */
    readonly key?: string
    readonly maxKeys?: number
    readonly ttlMs?: number
  }
  readonly presence: string | null
  /** How presence is told; absent when it is every connection by itself, at once. */
  readonly roster?: RosterIr
}

export interface RosterIr {
  readonly by?: 'user'
  /** Members are told how many they are; `presence` is null then. */
  readonly show?: 'count'
  readonly graceMs?: number
}
