import { type ConfigRequest, readConfig, type Settings } from '../config/read-config.js'
import { compile } from '../generate.js'
import type { ApiIr } from '../ir.js'
import { loadApi } from '../load/load-api.js'
import { fingerprint } from '../write/fingerprint.js'
import type { Manifest } from '../write/manifest.js'
import { OutputFolder } from '../write/output-folder.js'
import { type Plan, planWrite } from '../write/plan.js'
import { isCurrent, type Output, readManifest, writeOutput } from '../write/write-output.js'
import { reportCheck, reportProblems, reportWritten } from './report.js'
import type { ExitCode, World } from './world.js'

export interface GenerateOptions extends Omit<ConfigRequest, 'cwd'> {
  /** Whether to compare only, and write nothing. */
  readonly check: boolean
}

/** Compiles the schema file and brings the output folder up to date. */
export async function runGenerate(options: GenerateOptions, world: World): Promise<ExitCode> {
  const startedMs = world.nowMs()
  const config = await readConfig({ ...options, cwd: world.cwd })
  if (!config.ok) return reportProblems(config.diagnostics, world)
  const compiled = await compile(await loadApi(config.settings.schema))
  if (!compiled.ok) return reportProblems(compiled.diagnostics, world)
  const folder = new OutputFolder(config.settings.output)
  const manifest = readManifest(folder)
  if (manifest !== undefined && 'code' in manifest) return reportProblems([manifest], world)
  const task = { api: compiled.api, folder, manifest, settings: config.settings, startedMs }
  return options.check ? check(task, world) : write(task, world)
}

interface Task {
  readonly api: ApiIr
  readonly folder: OutputFolder
  readonly manifest: Manifest | undefined
  readonly settings: Settings
  readonly startedMs: number
}

async function check(task: Task, world: World): Promise<ExitCode> {
  const output = await emitUnlessCurrent(task, world)
  if (output === undefined) return reportCheck(unchanged(task.manifest), task.folder, world)
  return reportCheck(planWrite(task.folder, output.files, task.manifest), task.folder, world)
}

async function write(task: Task, world: World): Promise<ExitCode> {
  const output = await emitUnlessCurrent(task, world)
  const plan =
    output === undefined ? unchanged(task.manifest) : writeOutput(task.folder, output, task.manifest)
  if (plan.refused.length > 0) return reportProblems(plan.refused, world)
  const stubs = await writeHandlers(task)
  return reportWritten({ plan, stubs, folder: task.folder, startedMs: task.startedMs }, world)
}

/** What is to be written; undefined when the folder holds it already, in which case nothing heavy is loaded. */
async function emitUnlessCurrent({ api, folder, manifest }: Task, world: World): Promise<Output | undefined> {
  const inputs = fingerprint(api, world.version)
  if (world.mayReuse && isCurrent(folder, manifest, inputs)) return undefined
  const emit = await world.loadEmitter()
  return { generator: world.version, contract: api.contract, inputs, files: await emit(api) }
}

function unchanged(manifest: Manifest | undefined): Plan {
  const none = { missing: [], stale: [], extra: [], kept: [], refused: [] }
  return { ...none, unchanged: Object.keys(manifest?.files ?? {}) }
}

/** Writes the handlers that are not there yet, and answers with their paths. */
async function writeHandlers({ api, settings }: Task): Promise<readonly string[]> {
  if (settings.handlers === undefined) return []
  const { writeStubs } = await import('../stubs/write-stubs.js')
  return writeStubs(api, { folder: settings.handlers, output: settings.output })
}
