import type { Diagnostic } from '../diagnose/diagnostic.js'
import { type Loaded, type LoadedModule, type LoadOptions, loadModule } from './load-module.js'

/** A schema file that has run: what it exports is an API, whatever may still be wrong inside of it. */
export interface LoadedApi extends LoadedModule {
  readonly api: Readonly<Record<string, unknown>>
}

/** Loads a schema file and takes the API out of it. */
export async function loadApi(path: string, options?: LoadOptions): Promise<Loaded<LoadedApi>> {
  const loaded = await loadModule(path, options)
  if (!loaded.ok) return loaded
  const module = loaded.value
  const api = module.exports.default
  if (isApi(api)) return { ok: true, value: { ...module, api } }
  return { ok: false, diagnostics: [notAnApi(module)], inputs: module.inputs }
}

function isApi(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'api'
}

function notAnApi({ file, exports }: LoadedModule): Diagnostic {
  const named = Object.keys(exports).find((name) => isApi(exports[name]))
  const message =
    exports.default === undefined
      ? 'A schema file exports its API as default, and this one has no default export.'
      : 'The default export of a schema file is what defineApi built, and this one is something else.'
  const suggestion = named === undefined ? 'export default defineApi({ ... })' : `export default ${named}`
  return { code: 'NOT_AN_API', message, path: '', site: { file, line: 1, column: 1 }, suggestion }
}
