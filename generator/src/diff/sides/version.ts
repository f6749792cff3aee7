import type { Diagnostic } from '../../diagnose/diagnostic.js'
import type { ApiIr } from '../../ir.js'
import type { LoadedApi } from '../../load/load-api.js'

/** One version of an API. */
export interface Version {
  readonly api: ApiIr
  /** The schema file that it was read from, as it ran; absent for a snapshot. */
  readonly loaded?: LoadedApi
}

/** A version, or why there is none: what is wrong with its file, or a sentence. */
export type VersionResult =
  | { readonly ok: true; readonly version: Version }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly message: string }
