import type { CallSite } from '@wirepact/schema'
import type { Finding, Path } from '../diagnose/diagnostic.js'

/** The options of a part as they were given, nothing of them believed yet. */
export type Options = Readonly<Record<string, unknown>>

export type PartKind =
  | 'api'
  | 'router'
  | 'route'
  | 'channel'
  | 'event'
  | 'request'
  | 'stream'
  | 'binary'
  | 'text'
  | 'presence'

/** A named part of the API. */
export interface Part {
  readonly kind: PartKind
  readonly name: string
  readonly path: Path
  readonly options: Options
}

/** A schema as it was given, and where. */
export interface Source {
  readonly path: Path
  readonly schema: unknown
}

/** One of the object schemas that a payload is put together of. */
export interface SourcePart extends Source {
  /** The properties that are taken of it. Default: all. */
  readonly only?: readonly string[]
}

/** What becomes a type of its own. */
export interface Payload extends Source {
  /** What its type is called when its schema has no name of its own. */
  readonly typeName: string
  readonly route: string
  /** Absent for JSON. For what `binary()` and, on a bare route, `text()` built. */
  readonly content?: 'binary' | 'text'
  /** The options of `binary()`. */
  readonly options?: Options
  /** Where the properties come from when they are written in more than one place; `schema` is `true` then. */
  readonly parts?: readonly SourcePart[]
}

export interface MessageModel extends Part {
  readonly kind: 'event' | 'request' | 'stream'
  readonly typeName: string
  readonly data: Payload | null
  readonly input: Payload | null
  readonly output: Payload | null
  readonly item: Payload | null
  readonly errors: readonly { readonly code: string; readonly path: Path; readonly data: Payload | null }[]
}

export interface ChannelModel extends Part {
  readonly typeName: string
  readonly params: Payload | null
  readonly messages: readonly MessageModel[]
  readonly presence: Payload | null
  /** The options of `presence()`; undefined where a schema stands for it, or nothing. */
  readonly presenceOptions: Options | undefined
}

/** What a route and its routers declare alike. */
export interface SharedSources {
  readonly params: Source | null
  readonly headers: Source | null
  readonly cookies: Source | null
}

export interface RouterModel extends Part, SharedSources {
  /** Whether a key of a record names it. */
  readonly isKeyed: boolean
}

export interface RouteModel extends Part {
  /** What it is called where it is written: its key, or its `name` in a list. Empty when it has none. */
  readonly ownName: string
  /** Whether it stands in a list, where `name` names it. */
  readonly isListed: boolean
  /** The routers that it is in, outermost first. */
  readonly routers: readonly RouterModel[]
  /** The whole path, with the prefixes of the routers; undefined when one of them is no text. */
  readonly template: string | undefined
  readonly isBare: boolean
  readonly typeName: string
  readonly params: Payload | null
  readonly query: Payload | null
  readonly headers: Payload | null
  readonly cookies: Payload | null
  readonly state: Payload | null
  readonly clientToServer: readonly MessageModel[]
  readonly serverToClient: readonly MessageModel[]
  readonly channels: readonly ChannelModel[]
}

/**
 * What a schema file built, sorted into parts without judging them: wrong values stay what they are for the
 * rules to find. Only what is not a part at all is left out, with a finding in its place.
 */
export interface ApiModel extends Part {
  readonly routes: readonly RouteModel[]
  readonly routers: readonly RouterModel[]
  /** Every place where a schema was given. */
  readonly sources: readonly Source[]
  readonly payloads: readonly Payload[]
  /** Every part there is, this one first. */
  readonly parts: readonly Part[]
  /** Where the parts were built, by their path joined with dots. */
  readonly sites: ReadonlyMap<string, CallSite>
  readonly findings: readonly Finding[]
}
