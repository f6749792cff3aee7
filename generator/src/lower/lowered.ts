import type { Path } from '../diagnose/diagnostic.js'
import type { JsonSchema } from '../ir.js'
import type { Payload } from '../model/model.js'
import type { Definitions } from './parameters.js'

/** One of the places where the properties of an object schema are written. */
export interface ObjectPart {
  readonly path: Path
  readonly schema: JsonSchema
  /** Whether the properties are declared for something else and only used here. */
  readonly isBorrowed: boolean
}

/** The payloads' schemas in plain form. */
export interface Lowered {
  readonly definitions: Definitions
  /** The name of a payload's schema; null for no payload. */
  nameOf<Given extends Payload | null>(payload: Given): Given extends null ? string | null : string
  /** Where the payload's properties are written. */
  partsOf(payload: Payload): readonly ObjectPart[]
}
