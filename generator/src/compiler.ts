/**
 * The parts of the `wirepact` command, for tools that work with schema files themselves. Heavy parts load when
 * they are called.
 */
import type { Emitter } from './cli/world.js'
import type { EmitApi } from './generate.js'

export { type AsyncApiOptions, emitAsyncApi } from './asyncapi/emit-asyncapi.js'
export { main } from './cli/main.js'
export type { Emission, Emitter, ExitCode, World } from './cli/world.js'
export type { Diagnostic } from './diagnose/diagnostic.js'
export { type FormatOptions, formatDiagnostics, formatWarnings } from './diagnose/format-diagnostics.js'
export type { Change } from './diff/change.js'
export { diffApis } from './diff/diff-apis.js'
export { type Kind, kinds } from './diff/kinds.js'
export { type ChangeClass, changeClasses } from './diff/verdict.js'
export { writeDocs } from './document/write-docs.js'
export {
  type Compiled,
  compile,
  type EmitApi,
  type EmitOptions,
  type Generated,
  generate,
} from './generate.js'
export type * from './ir.js'
export { type LoadedApi, loadApi } from './load/load-api.js'
export { type Loaded, type LoadedModule, type LoadOptions, loadModule } from './load/load-module.js'
export { rules } from './rules/rules.js'
export { warnings } from './rules/warnings.js'

/** Writes the modules of an API: texts by their path within the output folder. */
export const emitApi: EmitApi = async (api, options) => {
  return (await import('./emit/index.js')).emitApi(api, options)
}

/** Writes what has changed since the call that gave `previous`, as `--watch` does. */
export const emitChanged: Emitter = async (api, previous, options) => {
  return (await import('./emit/index.js')).emitChanged(api, previous, options)
}

export {
  type Normalised,
  type NormaliseOptions,
  normalise,
} from './normalise/normalise.js'
export type { NormaliseProblem } from './normalise/place.js'
