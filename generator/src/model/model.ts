import type { CallSite } from '@wirepact/schema'
import type { Finding, Path } from '../diagnose/diagnostic.js'

/** The options of a part as they were given, nothing of them believed yet. */
export type Options = Readonly<Record<string, unknown>>

export type PartKind = 'api' | 'route' | 'channel' | 'event' | 'request'

/** A named part of the API. */
export interface Part {
  readonly kind: PartKind
  readonly name: string
  readonly path: Path
  readonly options: Options
}

/** A place where a schema is due and something was given. */
export interface Payload {
  /** What its type is called when its schema has no name of its own. */
  readonly typeName: string
  readonly route: string
  readonly path: Path
  readonly schema: unknown
}

export interface MessageModel extends Part {
  readonly kind: 'event' | 'request'
  readonly typeName: string
  readonly data: Payload | null
  readonly input: Payload | null
  readonly output: Payload | null
  readonly errors: readonly { readonly code: string; readonly path: Path; readonly data: Payload | null }[]
}

export interface ChannelModel extends Part {
  readonly typeName: string
  readonly messages: readonly MessageModel[]
  readonly presence: Payload | null
}

export interface RouteModel extends Part {
  readonly typeName: string
  readonly params: Payload | null
  readonly query: Payload | null
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
  readonly payloads: readonly Payload[]
  /** Every part there is, this one first. */
  readonly parts: readonly Part[]
  /** Where the parts were built, by their path joined with dots. */
  readonly sites: ReadonlyMap<string, CallSite>
  readonly findings: readonly Finding[]
}
