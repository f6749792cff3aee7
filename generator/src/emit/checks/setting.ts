import type ts from 'typescript'
import type { Expression } from './expression.js'
import type { Outside } from './outside.js'
import type { Scope } from './scope.js'

/** What a check is translated with. */
export interface Setting {
  /** The names in reach. */
  readonly scope: Scope
  /** What the check refers to outside of itself. */
  readonly outside: Outside
  /** Translates an expression within this one. */
  readonly translate: (node: ts.Expression, setting: Setting) => Expression
}
