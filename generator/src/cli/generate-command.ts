import { type GenerateOptions, runRound } from './generate-round.js'
import {
  type Report,
  reportCheck,
  reportDryRun,
  reportProblems,
  reportWarnings,
  reportWritten,
} from './report.js'
import type { RoundResult } from './round-result.js'
import { Timing } from './timing.js'
import type { ExitCode, World } from './world.js'

const reports = { write: reportWritten, check: reportCheck, 'dry-run': reportDryRun } as const

/** Compiles the schema file once, and does or shows what follows from it. */
export async function runGenerate(
  options: GenerateOptions & { readonly timing: boolean },
  world: World,
): Promise<ExitCode> {
  const startedMs = world.nowMs()
  const timing = new Timing(world.nowMs)
  const { result, warnings } = await timing.phase('generate', () => runRound(options, world, timing))
  reportWarnings(warnings, world)
  const code = report(result, world, (done) => reports[options.mode]({ ...done, startedMs }, world))
  if (options.timing) world.complain(timing.print())
  return code
}

function report(
  result: RoundResult,
  world: World,
  show: (done: Omit<Report, 'startedMs'>) => ExitCode,
): ExitCode {
  return result.kind === 'problems' ? reportProblems(result.diagnostics, world) : show(result)
}
