import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import type { Diagnostic } from '../../diagnose/diagnostic.js'
import { runRound } from '../generate-round.js'
import { countFiles } from '../report.js'
import type { RoundResult } from '../round-result.js'
import { Timing } from '../timing.js'
import type { World } from '../world.js'
import { type Finding, fail, ok, warn } from './finding.js'

/** The user's own files: configuration, schema, generated code and handlers. */
export async function checkProject(config: string | undefined, world: World): Promise<readonly Finding[]> {
  const timing = new Timing(world.nowMs)
  const { result } = await runRound({ config, mode: 'check' }, world, timing)
  const file = resolve(world.cwd, config ?? 'wirepact.config.ts')
  if (result.kind === 'problems') return [problemsFinding(result.diagnostics, file, world)]
  return [
    existsSync(file)
      ? ok(`Configuration: ${relative(world.cwd, file)}`)
      : ok('Configuration: none, so ./schema.ts is compiled to ./generated'),
    ok(`Schema: ${result.routes} ${result.routes === 1 ? 'route' : 'routes'}, no problems`),
    outputFinding(result),
    ...handlerFindings(result, world),
  ]
}

function problemsFinding(diagnostics: readonly Diagnostic[], file: string, { cwd }: World): Finding {
  const [first] = diagnostics
  const place = first?.site === undefined ? '' : `${relative(cwd, first.site.file)}:${first.site.line} `
  const what = first?.site?.file === file ? 'The configuration' : 'The schema'
  const count = diagnostics.length === 1 ? 'a problem' : `${diagnostics.length} problems`
  const text = `${what} has ${count}: ${place}${first?.code} ${first?.message}`
  return fail(text, 'npx wirepact generate shows all of them.')
}

type Done = Extract<RoundResult, { kind: 'done' }>

function outputFinding({ plan }: Done): Finding {
  const count = plan.missing.length + plan.stale.length + plan.extra.length
  if (count === 0) return ok(`Generated code: ${countFiles(plan.unchanged.length)} up to date`)
  return fail(`Generated code: ${countFiles(count)} out of date`, 'npx wirepact generate')
}

function handlerFindings({ handlers }: Done, { cwd }: World): readonly Finding[] {
  const findings = [
    ...handlers.changes.map(({ file, before, added }) => {
      const text =
        before === undefined
          ? `${relative(cwd, file)} is missing`
          : `${relative(cwd, file)} lacks ${added.join(', ')}`
      return fail(`Handlers: ${text}`, 'npx wirepact generate adds what is missing.')
    }),
    ...handlers.notices.map(({ site, message }) =>
      warn(
        `Handlers: ${site === undefined ? '' : `${relative(cwd, site.file)}:${site.line} `}${message}`,
        'See there.',
      ),
    ),
  ]
  return findings.length > 0 ? findings : [ok('Handlers: complete')]
}
