import type { Finding } from '../diagnose/diagnostic.js'
import type { SchemaLowering } from '../lower/lower-schemas.js'
import type { Lowered } from '../lower/lowered.js'
import type { SchemaNode } from '../lower/walk-schemas.js'
import type { ApiModel } from '../model/model.js'

/** What rules look at. */
export interface RuleContext {
  readonly model: ApiModel
  /** Every schema, with those inside of others. */
  readonly nodes: readonly SchemaNode[]
  /** What came up while the schemas were brought into plain form. */
  readonly lowering: Pick<SchemaLowering, 'clashes' | 'dangling' | 'definitions'>
  readonly lowered: Lowered
  /** Every `$id` of the API. */
  readonly ids: readonly string[]
}

/** Finds all that is wrong in one respect. A rule never throws, and believes no value to be what it should be. */
export type Rule = (context: RuleContext) => readonly Finding[]
