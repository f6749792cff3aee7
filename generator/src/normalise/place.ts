import type { Path } from '../diagnose/diagnostic.js'
import type { Dialect } from './dialect.js'

/** A schema that has an address of its own (JSON Schema 2020-12 core, section 4.3.5), and what it names. */
export interface Resource {
  /** Absolute, without a fragment. */
  readonly uri: string
  readonly dialect: Dialect
  readonly anchors: Map<string, Place>
  readonly dynamicAnchors: Map<string, Place>
}

/** A schema where it stands. */
export interface Place {
  /** The same for the same place, and for no other. */
  readonly key: string
  /** The address that the document was found at. */
  readonly document: string
  /** The way to the schema from the root of its document. */
  readonly path: Path
  readonly schema: unknown
  readonly resource: Resource
}

export function placeKey(document: string, path: Path): string {
  return JSON.stringify([document, ...path])
}

/** What is wrong with a document, and where. */
export interface NormaliseProblem {
  readonly code: 'UNKNOWN_REF' | 'UNKNOWN_DIALECT' | 'UNSUPPORTED_KEYWORD' | 'INVALID_ID' | 'NOT_A_SCHEMA'
  readonly message: string
  /** The way to the place from the root of its document. */
  readonly path: Path
  /** The address of the document; absent for the one that was asked about. */
  readonly document?: string
}
