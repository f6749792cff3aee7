import type { Diagnostic } from '../diagnose/diagnostic.js'
import type { HandlersPlan } from '../stubs/plan-handlers.js'
import type { Manifest } from '../write/manifest.js'
import type { OutputFolder } from '../write/output-folder.js'
import type { Plan } from '../write/plan.js'

/** What came of one pass over a schema file. */
export type RoundResult =
  | { readonly kind: 'problems'; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly kind: 'done'
      readonly plan: Plan
      readonly handlers: HandlersPlan
      readonly folder: OutputFolder
      /** How many routes were written anew by the emitter, of how many. */
      readonly emitted: number
      readonly routes: number
    }

export const noHandlers: HandlersPlan = { changes: [], notices: [], files: [], retired: [] }

export function problems(diagnostics: readonly Diagnostic[]): RoundResult {
  return { kind: 'problems', diagnostics }
}

/** What is to be done where everything is as it is to be: nothing. */
export function unchangedPlan(manifest: Manifest | undefined): Plan {
  const none = { missing: [], stale: [], extra: [], kept: [], refused: [] }
  return { ...none, unchanged: Object.keys(manifest?.files ?? {}) }
}
