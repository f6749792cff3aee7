import type { Settings } from '../config/read-config.js'
import type { Diagnostic } from '../diagnose/diagnostic.js'
import type { ApiIr } from '../ir.js'
import type { HandlersPlan } from '../stubs/plan-handlers.js'
import { writeHandlers } from '../stubs/write-handlers.js'
import { Freshness } from '../write/freshness.js'
import { hashText, type Manifest } from '../write/manifest.js'
import { type Plan, planWrite } from '../write/plan.js'
import { isProblem, type Output, readManifest, writeOutput } from '../write/write-output.js'
import { noHandlers, problems, type RoundResult, unchangedPlan } from './round-result.js'
import type { Timing } from './timing.js'
import type { Emission, World } from './world.js'

/** Whether to bring the files up to date, or to say what would be done. */
export type Mode = 'write' | 'check' | 'dry-run'

/** All that a round is done with. */
export interface Surroundings {
  readonly world: World
  readonly timing: Timing
  readonly mode: Mode
  readonly build: string
}

/** A round from where the API is known. */
export class RoundTask {
  readonly #api: ApiIr
  readonly #settings: Settings
  readonly #around: Surroundings
  readonly #freshness: Freshness
  readonly #inputs: string

  constructor(
    { api, inputs }: { readonly api: ApiIr; readonly inputs: string },
    settings: Settings,
    around: Surroundings,
  ) {
    this.#api = api
    this.#inputs = inputs
    this.#settings = settings
    this.#around = around
    const { build, world } = around
    this.#freshness = new Freshness(settings, { build, inputs, isReleased: world.mayReuse })
  }

  async run(): Promise<RoundResult> {
    const { timing, mode } = this.#around
    const { folder } = this.#freshness
    const manifest = readManifest(folder)
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
    return { kind: 'done', plan, handlers, folder, emitted, routes: this.#api.routes.length }
  }

  /** What changed; undefined when the folder holds all of it already, in which case nothing heavy is loaded. */
  async #emit(manifest: Manifest | undefined): Promise<Emission | undefined> {
    const { world, timing } = this.#around
    if (this.#freshness.isOutputFresh(manifest)) return undefined
    world.progress('Emitting')
    const emit = await timing.phase('load the emitter', () => world.loadEmitter())
    return timing.phase('write the modules as text', async () => {
      const { react } = this.#settings
      const emission = await emit(this.#api, this.#freshness.last?.units ?? {}, { react })
      const isThere = (path: string) => this.#readOwn(path, manifest) !== undefined
      return emission.kept.every(isThere) ? emission : emit(this.#api, {}, { react })
    })
  }

  /** The text of a file that nobody changed since it was written. */
  #readOwn(path: string, manifest: Manifest | undefined): string | undefined {
    const text = this.#freshness.folder.read(path)
    return text !== undefined && hashText(text) === manifest?.files[path] ? text : undefined
  }

  #carryOut(
    emission: Emission | undefined,
    manifest: Manifest | undefined,
  ): Plan | Diagnostic | Promise<Plan | Diagnostic> {
    if (emission === undefined) return unchangedPlan(manifest)
    const { folder } = this.#freshness
    const kept = emission.kept.map((path) => [path, folder.read(path) ?? ''] as const)
    const files = new Map([...emission.files, ...kept])
    const { world, mode } = this.#around
    if (mode !== 'write') return planWrite(folder, files, manifest)
    const { contract } = this.#api
    const output: Output = { generator: world.version, contract, inputs: this.#inputs, files }
    return writeOutput(folder, output)
  }

  async #planHandlers(): Promise<HandlersPlan> {
    const { handlers, output } = this.#settings
    if (handlers === undefined || this.#freshness.areHandlersFresh()) return noHandlers
    const { planHandlers } = await import('../stubs/plan-handlers.js')
    const retired = this.#freshness.last?.handlers.retired ?? []
    return planHandlers(this.#api, { handlers, output, retired })
  }

  /** The handlers come last: they are the user's, and none of them may know of messages that are not generated. */
  #finish(handlers: HandlersPlan, emission: Emission | undefined): void {
    writeHandlers(handlers)
    const { last } = this.#freshness
    const { files, retired = [] } = handlers === noHandlers ? (last?.handlers ?? handlers) : handlers
    const isQuiet = handlers.notices.length === 0
    this.#freshness.remember(emission?.hashes ?? last?.units ?? {}, { files, retired }, isQuiet)
  }

  #countRoutes({ hashes, kept }: Emission): number {
    const previous = kept.length === 0 ? {} : (this.#freshness.last?.units ?? {})
    return this.#api.routes.filter(({ name }) => hashes[name] !== previous[name]).length
  }
}

function isDiagnostic(plan: Plan | Diagnostic): plan is Diagnostic {
  return 'code' in plan
}
