import { existsSync, readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { createColours } from '../diagnose/colours.js'
import type { Diagnostic } from '../diagnose/diagnostic.js'
import { formatDiagnostics } from '../diagnose/format-diagnostics.js'
import type { OutputFolder } from '../write/output-folder.js'
import type { Plan } from '../write/plan.js'
import type { ExitCode, World } from './world.js'

/** Shows every problem, each at its place. */
export function reportProblems(
  diagnostics: readonly Diagnostic[],
  { cwd, colour, complain }: World,
): ExitCode {
  const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined)
  complain(formatDiagnostics(diagnostics, { cwd, colour, read }))
  return 1
}

/** Lists what is not as it is to be. */
export function reportCheck(plan: Plan, folder: OutputFolder, world: World): ExitCode {
  const lines = [
    ...plan.missing.map((path) => `missing  ${show(folder, path, world)}`),
    ...plan.stale.map((path) => `stale    ${show(folder, path, world)}`),
    ...[...plan.extra, ...plan.kept].map((path) => `extra    ${show(folder, path, world)}`),
  ]
  if (plan.refused.length > 0) return reportProblems(plan.refused, world)
  if (lines.length === 0) {
    world.print(`${countFiles(plan.unchanged.length)} up to date.\n`)
    return 0
  }
  const end = `${countFiles(lines.length)} out of date. Run \`wirepact generate\`.`
  world.complain(`${lines.join('\n')}\n${createColours(world.colour).red(end)}\n`)
  return 1
}

export interface Written {
  readonly plan: Plan
  /** The handler files that were written, absolute. */
  readonly stubs: readonly string[]
  readonly folder: OutputFolder
  readonly startedMs: number
}

/** Sums up what was done. */
export function reportWritten({ plan, stubs, folder, startedMs }: Written, world: World): ExitCode {
  const written = plan.missing.length + plan.stale.length
  const counts = `${written} written, ${plan.unchanged.length} unchanged, ${plan.extra.length} removed`
  const tookMs = Math.round(world.nowMs() - startedMs)
  for (const path of plan.kept) {
    world.complain(`${show(folder, path, world)} is not needed any more, but was changed: it stays.\n`)
  }
  for (const stub of stubs) world.print(`New handlers in ${toPath(world.cwd, stub)}: they are yours.\n`)
  const colours = createColours(world.colour)
  world.print(
    `${colours.green(toPath(world.cwd, folder.root))}: ${counts} ${colours.dim(`(${tookMs} ms)`)}\n`,
  )
  return 0
}

function show(folder: OutputFolder, path: string, world: World): string {
  return toPath(world.cwd, resolve(folder.root, path))
}

function toPath(cwd: string, file: string): string {
  return (relative(cwd, file) || '.').replaceAll('\\', '/')
}

function countFiles(count: number): string {
  return count === 1 ? '1 file' : `${count} files`
}
