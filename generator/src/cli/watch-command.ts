import { dirname, resolve } from 'node:path'
import { describeFailure } from './failure.js'
import { type GenerateOptions, type Round, runRound } from './generate-round.js'
import { reportProblems, reportWarnings, reportWritten } from './report.js'
import { Timing } from './timing.js'
import { FileWatch, readStates } from './watch-files.js'
import type { ExitCode, World } from './world.js'

/** Generates, and again whenever a file that it depends on changes, until the person ends it. */
export async function runWatch(
  options: Omit<GenerateOptions, 'mode'> & { readonly timing: boolean },
  world: World,
): Promise<ExitCode> {
  const watcher = new Watcher(options, world)
  await watcher.start()
  await world.untilStopped()
  await watcher.stop()
  return 0
}

class Watcher {
  readonly #options: Omit<GenerateOptions, 'mode'> & { readonly timing: boolean }
  readonly #world: World
  readonly #files: FileWatch
  /** The rounds, one after the other. */
  #running: Promise<void> = Promise.resolve()
  #isStopped = false
  /** The files of the last round that could be made: one that fails may not know all of its own. */
  #known: readonly string[] = []

  constructor(options: Omit<GenerateOptions, 'mode'> & { readonly timing: boolean }, world: World) {
    this.#options = options
    this.#world = world
    this.#files = new FileWatch(() => this.#next())
  }

  async start(): Promise<void> {
    this.#next()
    await this.#running
    const count = this.#known.length === 1 ? '1 file' : `${this.#known.length} files`
    this.#world.print(`Watching ${count}. Ctrl-C ends it.\n`)
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#files.close()
    await this.#running
  }

  #next(): void {
    this.#running = this.#running.then(() => this.#round())
  }

  async #round(): Promise<void> {
    if (this.#isStopped) return
    const before = readStates(this.#known)
    const sinceMs = Date.now()
    const round = await this.#run()
    this.#known = this.#filesOf(round)
    if (!this.#isStopped) this.#files.follow(this.#known, { before, sinceMs })
  }

  /** A round that reports by itself. Whatever fails is shown, and the watch goes on. */
  async #run(): Promise<Round | undefined> {
    const world = this.#world
    const startedMs = world.nowMs()
    const timing = new Timing(world.nowMs)
    try {
      const round = await timing.phase('generate', () =>
        runRound({ ...this.#options, mode: 'write' }, world, timing),
      )
      const { result, warnings } = round
      reportWarnings(warnings, world)
      if (result.kind === 'problems') reportProblems(result.diagnostics, world)
      else {
        const more = `, ${result.emitted} of ${result.routes} routes emitted`
        reportWritten({ ...result, startedMs }, world, more)
      }
      if (this.#options.timing) world.complain(timing.print())
      return round
    } catch (thrown) {
      world.complain(`wirepact failed: ${describeFailure(thrown)}\n`)
      return undefined
    }
  }

  #filesOf(round: Round | undefined): readonly string[] {
    if (round === undefined) return this.#known
    const { result, inputs } = round
    if (result.kind === 'done') return [...new Set(inputs)].sort()
    return [...new Set([...this.#known, ...inputs, ...unresolved(result.diagnostics)])].sort()
  }
}

/** Where imports that lead nowhere would be found: when such a file appears, the next round finds it. */
function unresolved(
  diagnostics: readonly {
    readonly code: string
    readonly message: string
    readonly site?: { file: string }
  }[],
): readonly string[] {
  return diagnostics.flatMap(({ code, message, site }) => {
    const path = code === 'UNRESOLVED_IMPORT' ? /"(\.[^"]*)"/.exec(message)?.[1] : undefined
    if (path === undefined || site === undefined) return []
    const file = resolve(dirname(site.file), path)
    return [file, file.replace(/\.([cm]?)js$/, '.$1ts'), `${file}.ts`]
  })
}
