import { existsSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import type { Diagnostic } from '../diagnose/diagnostic.js'
import { checkConfig } from './check-config.js'
import type { Config } from './define-config.js'

/** Where everything is, as absolute paths. */
export interface Settings {
  readonly schema: string
  readonly output: string
  /** A folder, or one file. */
  readonly handlers: string | undefined
  /** Whether hooks for React are written. */
  readonly react: boolean
}

/** What was given on the command line. Paths are relative to `cwd`. */
export interface ConfigRequest {
  readonly cwd: string
  readonly config?: string | undefined
  readonly schema?: string | undefined
  readonly output?: string | undefined
}

/** The settings or what is wrong, and the files that they depend on, there or not. */
export type ConfigResult =
  | { readonly ok: true; readonly settings: Settings; readonly inputs: readonly string[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[]; readonly inputs: readonly string[] }

const defaults = { schema: './schema.ts', output: './generated' }

/** The settings from the configuration file, where there is one, and from the command line, which goes first. */
export async function readConfig(request: ConfigRequest): Promise<ConfigResult> {
  const { cwd } = request
  const file = resolve(cwd, request.config ?? 'wirepact.config.ts')
  if (request.config === undefined && !existsSync(file))
    return { ok: true, settings: toSettings({}, cwd, request), inputs: [file] }
  const { loadModule } = await import('../load/load-module.js')
  const loaded = await loadModule(file)
  if (!loaded.ok) return { ok: false, diagnostics: loaded.diagnostics, inputs: [file, ...loaded.inputs] }
  const { exports, inputs } = loaded.value
  const diagnostics = await checkConfig(exports.default, file)
  if (diagnostics.length > 0) return { ok: false, diagnostics, inputs }
  const settings = toSettings(exports.default as Config, dirname(file), request)
  const overlap = checkOverlap(settings, file)
  return overlap === undefined
    ? { ok: true, settings, inputs }
    : { ok: false, diagnostics: [overlap], inputs }
}

function toSettings(config: Config, base: string, { cwd, schema, output }: ConfigRequest): Settings {
  return {
    schema: schema === undefined ? resolve(base, config.schema ?? defaults.schema) : resolve(cwd, schema),
    output: output === undefined ? resolve(base, config.output ?? defaults.output) : resolve(cwd, output),
    handlers: typeof config.handlers === 'string' ? resolve(base, config.handlers) : undefined,
    react: config.react === true,
  }
}

/** The output folder is the generator's alone: what a person writes cannot be in it. */
function checkOverlap({ schema, output, handlers }: Settings, file: string): Diagnostic | undefined {
  const isInside = (path: string) => path === output || path.startsWith(output + sep)
  const inside = isInside(schema)
    ? 'schema'
    : handlers !== undefined && isInside(handlers)
      ? 'handlers'
      : undefined
  if (inside === undefined) return undefined
  const message = `${inside} is inside of output, which belongs to the generator.`
  return { code: 'OVERLAPPING_FOLDERS', message, path: inside, site: { file, line: 1, column: 1 } }
}
