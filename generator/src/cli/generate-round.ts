import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ConfigRequest, Settings } from '../config/read-config.js'
import type { Diagnostic } from '../diagnose/diagnostic.js'
import { Freshness } from '../write/freshness.js'
import { MANIFEST } from '../write/manifest.js'
import { QuickMemory, type QuickRun } from '../write/quick-memory.js'
import { isProblem, readManifest } from '../write/write-output.js'
import { noHandlers, problems, type RoundResult, unchangedPlan } from './round-result.js'
import type { Mode, Surroundings } from './round-task.js'
import type { Timing } from './timing.js'
import type { World } from './world.js'

export interface GenerateOptions extends Omit<ConfigRequest, 'cwd'> {
  readonly mode: Mode
}

/** One pass over a schema file: what came of it, and the files that it depends on. */
export interface Round {
  readonly inputs: readonly string[]
  readonly result: RoundResult
  /** What is likely not meant in the schema. */
  readonly warnings: readonly Diagnostic[]
}

/** Compiles the schema file and compares, or brings up to date, what depends on it. All of it or nothing. */
export async function runRound(
  { mode, config, schema, output }: GenerateOptions,
  world: World,
  timing: Timing,
): Promise<Round> {
  const request = { cwd: world.cwd, config, schema, output }
  const build = `${world.version} ${world.mayReuse ? '' : world.build()}`
  const around = { world, timing, mode, build }
  const memory = new QuickMemory(world.cwd, request, build)
  const known = await timing.phase('compare with the last run', () => {
    const run = memory.read()
    return run === undefined ? undefined : unchangedRound(run, around)
  })
  return known ?? runWhole(request, around, memory)
}

/** The round in which nothing has to be loaded, because everything is as the last one left it. */
function unchangedRound(run: QuickRun, { build, world }: Surroundings): Round | undefined {
  const { settings, inputs, routes, files } = run
  const freshness = new Freshness(settings, { build, inputs, isReleased: world.mayReuse })
  const { folder } = freshness
  const manifest = readManifest(folder)
  if (isProblem(manifest)) return undefined
  if (!freshness.isOutputFresh(manifest) || !freshness.areHandlersFresh()) return undefined
  const plan = unchangedPlan(manifest)
  return {
    inputs: files,
    warnings: [],
    result: { kind: 'done', plan, handlers: noHandlers, folder, emitted: 0, routes },
  }
}

async function runWhole(request: ConfigRequest, around: Surroundings, memory: QuickMemory): Promise<Round> {
  const { timing } = around
  const config = await timing.phase('read the configuration', async () => {
    const { readConfig } = await import('../config/read-config.js')
    return readConfig(request)
  })
  if (!config.ok) return failed(config.inputs, config.diagnostics)
  const { inputs, compiled } = await compileSchema(config.settings, around)
  const files = [...new Set([...config.inputs, ...inputs])]
  if (!compiled.ok) return failed(files, compiled.diagnostics)
  const { fingerprint } = await import('../write/fingerprint.js')
  const print = fingerprint(compiled.api, around.world.version, config.settings)
  const { RoundTask } = await import('./round-task.js')
  const result = await new RoundTask({ api: compiled.api, inputs: print }, config.settings, around).run()
  // A run that had something to say says it again, so it is done again.
  const { warnings } = compiled
  if (result.kind === 'done' && warnings.length === 0) {
    memory.write({ settings: config.settings, inputs: print, routes: compiled.api.routes.length, files })
  }
  return { inputs: files, result, warnings }
}

function failed(inputs: readonly string[], diagnostics: readonly Diagnostic[]): Round {
  return { inputs, result: problems(diagnostics), warnings: [] }
}

/** The API of a schema file, and the files that it was made of. */
async function compileSchema({ schema, output }: Settings, { world, timing }: Surroundings) {
  if (!existsSync(join(output, MANIFEST))) world.prepareEmitter?.()
  const loaded = await timing.phase('load the schema', async () => {
    const { loadApi } = await import('../load/load-api.js')
    const loading = loadApi(schema)
    // What compiles it is read while esbuild, a process of its own, is at work.
    await import('../generate.js')
    return loading
  })
  const compiled = await timing.phase('compile the schema', async () => {
    const { compile } = await import('../generate.js')
    return compile(loaded)
  })
  return { compiled, inputs: loaded.ok ? loaded.value.inputs : [schema, ...loaded.inputs] }
}
