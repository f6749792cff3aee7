import type { Payload } from '../model/model.js'
import type { Definitions } from './parameters.js'

/** The payloads' schemas in plain form. */
export interface Lowered {
  readonly definitions: Definitions
  /** The name of a payload's schema; null for no payload. */
  nameOf<Given extends Payload | null>(payload: Given): Given extends null ? string | null : string
}
