import { existsSync, readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { createColours } from '../diagnose/colours.js'
import type { Diagnostic } from '../diagnose/diagnostic.js'
import { formatDiagnostics, formatWarnings } from '../diagnose/format-diagnostics.js'
import type { HandlersPlan } from '../stubs/plan-handlers.js'
import { unifiedDiff } from '../stubs/unified-diff.js'
import type { OutputFolder } from '../write/output-folder.js'
import type { Plan } from '../write/plan.js'
import type { ExitCode, World } from './world.js'

/** Shows every problem, each at its place. */
export function reportProblems(
  diagnostics: readonly Diagnostic[],
  { cwd, colour, complain }: World,
): ExitCode {
  complain(formatDiagnostics(diagnostics, { cwd, colour, read }))
  return 1
}

/** Shows what is likely not meant, each at its place. */
export function reportWarnings(warnings: readonly Diagnostic[], { cwd, colour, complain }: World): void {
  if (warnings.length > 0) complain(formatWarnings(warnings, { cwd, colour, read }))
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/** What a run found or did. */
export interface Report {
  readonly plan: Plan
  readonly handlers: HandlersPlan
  readonly folder: OutputFolder
  readonly startedMs: number
}

/** Lists what is not as it is to be. */
export function reportCheck(report: Report, world: World): ExitCode {
  const { plan, handlers, folder } = report
  const lines = [
    ...fileLines(plan, folder, world),
    ...handlers.changes.map(({ file, before }) => {
      return `${before === undefined ? 'missing ' : 'lacking '} ${toPath(world.cwd, file)}${before === undefined ? '' : `: ${addedOf(handlers, file)}`}`
    }),
  ]
  reportNotices(handlers, world)
  if (lines.length === 0) {
    world.print(`${countFiles(plan.unchanged.length)} up to date.\n`)
    return 0
  }
  const end = `${countFiles(lines.length)} out of date. Run \`wirepact generate\`.`
  world.complain(`${lines.join('\n')}\n${createColours(world.colour).red(end)}\n`)
  return 1
}

/** Shows what would be done: generated files by their names, handlers by their change. */
export function reportDryRun(report: Report, world: World): ExitCode {
  const { plan, handlers, folder } = report
  const lines = fileLines({ ...plan, kept: [] }, folder, world)
  for (const line of lines) world.print(`${line}\n`)
  for (const { file, before, after } of handlers.changes) {
    world.print(paintDiff(unifiedDiff(toPath(world.cwd, file), before, after), world))
  }
  reportNotices(handlers, world)
  reportKept(report, world)
  const count = lines.length + handlers.changes.length
  world.print(`${count === 0 ? 'Nothing' : countFiles(count)} would change. Nothing was written.\n`)
  return 0
}

/** Sums up what was done. `more` stands before the time. */
export function reportWritten(report: Report, world: World, more = ''): ExitCode {
  const { plan, handlers, folder, startedMs } = report
  const written = plan.missing.length + plan.stale.length
  const counts = `${written} written, ${plan.unchanged.length} unchanged, ${plan.extra.length} removed${more}`
  const tookMs = Math.round(world.nowMs() - startedMs)
  reportKept(report, world)
  for (const { file, before, added } of handlers.changes) {
    const path = toPath(world.cwd, file)
    world.print(
      before === undefined
        ? `New handlers in ${path}: they are yours.\n`
        : `Added to ${path}: ${added.join(', ')}.\n`,
    )
  }
  reportNotices(handlers, world)
  const colours = createColours(world.colour)
  world.print(
    `${colours.green(toPath(world.cwd, folder.root))}: ${counts} ${colours.dim(`(${tookMs} ms)`)}\n`,
  )
  return 0
}

/** What a person has to look at in the handlers, one a line, with its place. */
function reportNotices({ notices }: HandlersPlan, world: World): void {
  const colours = createColours(world.colour)
  for (const { site, code, message } of notices) {
    const place = site === undefined ? '' : `${toPath(world.cwd, site.file)}:${site.line}:${site.column} `
    world.complain(`${colours.cyan(place)}${code} ${message}\n`)
  }
}

function reportKept({ plan, folder }: Report, world: World): void {
  for (const path of plan.kept) {
    world.complain(`${show(folder, path, world)} is not needed any more, but was changed: it stays.\n`)
  }
}

function fileLines(plan: Plan, folder: OutputFolder, world: World): readonly string[] {
  return [
    ...plan.missing.map((path) => `missing  ${show(folder, path, world)}`),
    ...plan.stale.map((path) => `stale    ${show(folder, path, world)}`),
    ...[...plan.extra, ...plan.kept].map((path) => `extra    ${show(folder, path, world)}`),
  ]
}

function addedOf({ changes }: HandlersPlan, file: string): string {
  return changes.find((change) => change.file === file)?.added.join(', ') ?? ''
}

function paintDiff(diff: string, { colour }: World): string {
  const { red, green, cyan } = createColours(colour)
  const paints = { '+': green, '-': red, '@': cyan }
  return diff
    .split('\n')
    .map((line) => paints[line.charAt(0) as keyof typeof paints]?.(line) ?? line)
    .join('\n')
}

function show(folder: OutputFolder, path: string, world: World): string {
  return toPath(world.cwd, resolve(folder.root, path))
}

/** A path as people read it: relative, with forward slashes on every system. */
function toPath(cwd: string, file: string): string {
  return (relative(cwd, file) || '.').replaceAll('\\', '/')
}

/** A number of files in words. */
export function countFiles(count: number): string {
  return count === 1 ? '1 file' : `${count} files`
}
