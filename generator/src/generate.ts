import type { Diagnostic } from './diagnose/diagnostic.js'
import { sortDiagnostics } from './diagnose/sort-diagnostics.js'
import type { ApiIr } from './ir.js'
import type { LoadedApi } from './load/load-api.js'
import type { Loaded, LoadedModule } from './load/load-module.js'
import { type LowerResult, lowerApi } from './lower/lower-api.js'

/** What is written beside what every API gets. */
export interface EmitOptions {
  /** Whether to write hooks for React: `react.ts`. Default false. */
  readonly react?: boolean | undefined
}

/** Writes the modules of an API: texts by their path within the output folder. */
export type EmitApi = (
  api: ApiIr,
  options?: EmitOptions,
) => ReadonlyMap<string, string> | Promise<ReadonlyMap<string, string>>

export type Compiled =
  | {
      readonly ok: true
      readonly api: ApiIr
      /** What is likely not meant, in the order of the source. */
      readonly warnings: readonly Diagnostic[]
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

export type Generated =
  | {
      readonly ok: true
      readonly api: ApiIr
      readonly warnings: readonly Diagnostic[]
      readonly files: ReadonlyMap<string, string>
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/** A loaded schema file in its intermediate form, or every problem in it, in the order of the source. */
export async function compile(loaded: Loaded<LoadedApi>): Promise<Compiled> {
  if (!loaded.ok) return { ok: false, diagnostics: sortDiagnostics(loaded.diagnostics) }
  const { value } = loaded
  const lowered = await lower(value)
  const isRight = lowered.ok && value.duplicateKeys.length === 0
  if (isRight && lowered.findings.length === 0) return { ok: true, api: lowered.api, warnings: [] }
  const { locate } = await import('./locate/locate.js')
  const { sites } = lowered
  const findings = lowered.ok && !isRight ? [] : lowered.findings
  const diagnostics = sortDiagnostics(locate({ ...placesOf(value), findings, sites }))
  return isRight ? { ok: true, api: lowered.api, warnings: diagnostics } : { ok: false, diagnostics }
}

/** Reading an API runs the user's code where a property is a getter; what that throws is a problem like any other. */
async function lower({ api }: LoadedApi): Promise<LowerResult> {
  try {
    return lowerApi(api)
  } catch (thrown) {
    const { findUnreadable } = await import('./lower/find-unreadable.js')
    const unreadable = findUnreadable(api)
    if (unreadable.findings.length === 0) throw thrown
    return { ok: false, ...unreadable }
  }
}

/** What is to be written for a loaded schema file. Reads and writes nothing but what diagnostics need to quote. */
export async function generate(loaded: Loaded<LoadedApi>, emit: EmitApi): Promise<Generated> {
  const compiled = await compile(loaded)
  if (!compiled.ok) return compiled
  return { ...compiled, files: await emit(compiled.api) }
}

function placesOf({ trace, duplicateKeys }: LoadedModule): Pick<LoadedModule, 'trace' | 'duplicateKeys'> {
  return { trace, duplicateKeys }
}
