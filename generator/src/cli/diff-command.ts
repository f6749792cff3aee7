import { type ConfigRequest, readConfig } from '../config/read-config.js'
import type { Change } from '../diff/change.js'
import { diffApis } from '../diff/diff-apis.js'
import { showGithub } from '../diff/show/show-github.js'
import { showJson } from '../diff/show/show-json.js'
import { showPretty } from '../diff/show/show-pretty.js'
import type { Shown } from '../diff/show/shown.js'
import { readSchema, readVersion } from '../diff/sides/read-version.js'
import type { VersionResult } from '../diff/sides/version.js'
import { reportProblems } from './report.js'
import type { ExitCode, World } from './world.js'

/** How changes are shown. */
export const diffFormats = { pretty: showPretty, json: showJson, github: showGithub } as const

/** Whether a change fails the command. */
export const failures = {
  breaking: (change: Change) => change.class !== 'compatible',
  any: () => true,
  none: () => false,
} as const

export interface DiffOptions extends Omit<ConfigRequest, 'cwd'> {
  readonly against: string
  readonly format: keyof typeof diffFormats
  readonly failOn: keyof typeof failures
}

/** Compares the current version of an API with an earlier one. */
export async function runDiff(
  { against, format, failOn, ...paths }: DiffOptions,
  world: World,
): Promise<ExitCode> {
  const { cwd, colour } = world
  const config = await readConfig({ ...paths, cwd })
  if (!config.ok) return refuse(config, world)
  const after = await readSchema(config.settings.schema)
  if (!after.ok) return refuse(after, world)
  const before = await readVersion({ against, cwd, schema: config.settings.schema })
  if (!before.ok) return refuse(before, world)
  const [old, now] = [before.version.api, after.version.api]
  const changes = await locateAll(diffApis(old, now), after.version)
  const contract = { before: old.contract, after: now.contract }
  const shown: Shown = { changes, against, contract, cwd, colour: colour && format === 'pretty' }
  world.print(diffFormats[format](shown))
  return changes.some(failures[failOn]) ? 1 : 0
}

type Refusal = Exclude<VersionResult, { readonly ok: true }>

/** A version that cannot be read is not the same as one that breaks. */
function refuse(refusal: Refusal, world: World): ExitCode {
  if ('message' in refusal) world.complain(`${refusal.message}\n`)
  else reportProblems(refusal.diagnostics, world)
  return 2
}

async function locateAll(
  changes: readonly Change[],
  { loaded }: Extract<VersionResult, { readonly ok: true }>['version'],
): Promise<readonly Change[]> {
  if (changes.length === 0 || loaded === undefined) return changes
  const { locateChanges } = await import('../diff/locate-changes.js')
  return locateChanges(changes, loaded)
}
