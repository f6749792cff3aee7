import { type ConfigRequest, readConfig, type Settings } from '../config/read-config.js'
import type { Diagnostic } from '../diagnose/diagnostic.js'
import { compile } from '../generate.js'
import type { ApiIr } from '../ir.js'
import { loadApi } from '../load/load-api.js'
import { sha256 } from '../lower/canonical.js'
import { hashFiles, listHandlerFiles } from '../stubs/handler-files.js'
import type { HandlersPlan } from '../stubs/plan-handlers.js'
import { writeHandlers } from '../stubs/write-handlers.js'
import { fingerprint } from '../write/fingerprint.js'
import { hashText, MANIFEST, type Manifest } from '../write/manifest.js'
import { OutputFolder } from '../write/output-folder.js'
import { type Plan, planWrite } from '../write/plan.js'
import { type LastRun, RunMemory } from '../write/run-memory.js'
import { isCurrent, isProblem, type Output, readManifest, writeOutput } from '../write/write-output.js'
import type { Timing } from './timing.js'
import type { Emission, World } from './world.js'

/** Whether to bring the files up to date, or to say what would be done. */
export type Mode = 'write' | 'check' | 'dry-run'

export interface GenerateOptions extends Omit<ConfigRequest, 'cwd'> {
  readonly mode: Mode
}

/** One pass over a schema file: what came of it, and the files that it depends on. */
export interface Round {
  readonly inputs: readonly string[]
  readonly result: RoundResult
}

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

const noHandlers: HandlersPlan = { changes: [], notices: [], files: [] }

/** Compiles the schema file and compares, or brings up to date, what depends on it. All of it or nothing. */
export async function runRound(options: GenerateOptions, world: World, timing: Timing): Promise<Round> {
  const config = await timing.phase('read the configuration', () =>
    readConfig({ ...options, cwd: world.cwd }),
  )
  if (!config.ok) return { inputs: config.inputs, result: problems(config.diagnostics) }
  const { settings } = config
  const loaded = await timing.phase('load the schema', () => loadApi(settings.schema))
  const files = loaded.ok ? loaded.value.inputs : [settings.schema, ...loaded.inputs]
  const inputs = [...new Set([...config.inputs, ...files])]
  const compiled = await timing.phase('compile the schema', () => compile(loaded))
  if (!compiled.ok) return { inputs, result: problems(compiled.diagnostics) }
  const task = new RoundTask(compiled.api, settings, { world, timing, mode: options.mode })
  return { inputs, result: await task.run() }
}

function problems(diagnostics: readonly Diagnostic[]): RoundResult {
  return { kind: 'problems', diagnostics }
}

interface Surroundings {
  readonly world: World
  readonly timing: Timing
  readonly mode: Mode
}

/** A round from where the API is known. */
class RoundTask {
  readonly #api: ApiIr
  readonly #settings: Settings
  readonly #around: Surroundings
  readonly #folder: OutputFolder
  readonly #memory: RunMemory
  readonly #last: LastRun | undefined
  readonly #inputs: string
  readonly #build: string

  constructor(api: ApiIr, settings: Settings, around: Surroundings) {
    this.#api = api
    this.#settings = settings
    this.#around = around
    this.#folder = new OutputFolder(settings.output)
    this.#memory = new RunMemory(settings.output)
    this.#build = `${around.world.version} ${around.world.mayReuse ? '' : around.world.build()}`
    const last = this.#memory.read()
    const isKnown = last?.build === this.#build && last.manifest === this.#hashManifest()
    this.#last = isKnown ? last : undefined
    this.#inputs = fingerprint(api, around.world.version)
  }

  async run(): Promise<RoundResult> {
    const { timing, mode } = this.#around
    const manifest = readManifest(this.#folder)
    if (isProblem(manifest)) return problems([manifest])
    const emission = await timing.phase('emit', () => this.#emit(manifest))
    const handlers = await timing.phase('compare the handlers', () => this.#planHandlers())
    const plan = await timing.phase(mode === 'write' ? 'write' : 'compare the files', () =>
      this.#carryOut(emission, manifest),
    )
    if (isDiagnostic(plan)) return problems([plan])
    if (plan.refused.length > 0) return problems(plan.refused)
    if (mode === 'write') this.#finish(handlers, emission)
    const emitted = emission === undefined ? 0 : this.#countRoutes(emission)
    return { kind: 'done', plan, handlers, folder: this.#folder, emitted, routes: this.#api.routes.length }
  }

  /** What changed; undefined when the folder holds all of it already, in which case nothing heavy is loaded. */
  async #emit(manifest: Manifest | undefined): Promise<Emission | undefined> {
    const { world, timing } = this.#around
    const mayReuse = world.mayReuse || this.#last?.inputs === this.#inputs
    if (mayReuse && isCurrent(this.#folder, manifest, this.#inputs)) return undefined
    world.progress('Emitting')
    const emit = await timing.phase('load the emitter', () => world.loadEmitter())
    return timing.phase('write the modules as text', async () => {
      const emission = await emit(this.#api, this.#last?.units ?? {})
      const isThere = (path: string) => this.#readOwn(path, manifest) !== undefined
      return emission.kept.every(isThere) ? emission : emit(this.#api)
    })
  }

  /** The text of a file that nobody changed since it was written. */
  #readOwn(path: string, manifest: Manifest | undefined): string | undefined {
    const text = this.#folder.read(path)
    return text !== undefined && hashText(text) === manifest?.files[path] ? text : undefined
  }

  #carryOut(
    emission: Emission | undefined,
    manifest: Manifest | undefined,
  ): Plan | Diagnostic | Promise<Plan | Diagnostic> {
    if (emission === undefined) return unchanged(manifest)
    const kept = emission.kept.map((path) => [path, this.#folder.read(path) ?? ''] as const)
    const files = new Map([...emission.files, ...kept])
    const { world, mode } = this.#around
    if (mode !== 'write') return planWrite(this.#folder, files, manifest)
    const { contract } = this.#api
    const output: Output = { generator: world.version, contract, inputs: this.#inputs, files }
    return writeOutput(this.#folder, output)
  }

  async #planHandlers(): Promise<HandlersPlan> {
    const { handlers, output } = this.#settings
    if (handlers === undefined) return noHandlers
    if (this.#last?.inputs === this.#inputs && this.#last.handlers.hash === this.#hashHandlers())
      return noHandlers
    const { planHandlers } = await import('../stubs/plan-handlers.js')
    return planHandlers(this.#api, { handlers, output })
  }

  /** The state of all files that handlers are in, and of those that they were found through. */
  #hashHandlers(more: readonly string[] = this.#last?.handlers.files ?? []): string {
    const { handlers, output } = this.#settings
    const files = handlers === undefined ? [] : listHandlerFiles({ handlers, output })
    return sha256(`${handlers} ${hashFiles([...new Set([...files, ...more])].sort())}`)
  }

  /** The handlers come last: they are the user's, and none of them may know of messages that are not generated. */
  #finish(handlers: HandlersPlan, emission: Emission | undefined): void {
    writeHandlers(handlers)
    const isQuiet = handlers.notices.length === 0
    const files = handlers === noHandlers ? (this.#last?.handlers.files ?? []) : handlers.files
    this.#memory.write({
      build: this.#build,
      inputs: this.#inputs,
      manifest: this.#hashManifest(),
      units: emission?.hashes ?? this.#last?.units ?? {},
      handlers: { files, hash: isQuiet ? this.#hashHandlers(files) : '' },
    })
  }

  /** Files that another checkout or another person put there are not what the last run left behind. */
  #hashManifest(): string {
    return hashText(this.#folder.read(MANIFEST) ?? '')
  }

  #countRoutes({ hashes, kept }: Emission): number {
    const previous = kept.length === 0 ? {} : (this.#last?.units ?? {})
    return this.#api.routes.filter(({ name }) => hashes[name] !== previous[name]).length
  }
}

function isDiagnostic(plan: Plan | Diagnostic): plan is Diagnostic {
  return 'code' in plan
}

function unchanged(manifest: Manifest | undefined): Plan {
  const none = { missing: [], stale: [], extra: [], kept: [], refused: [] }
  return { ...none, unchanged: Object.keys(manifest?.files ?? {}) }
}
