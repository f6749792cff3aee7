import { createColours } from '../diagnose/colours.js'
import { checkNode } from './doctor/check-node.js'
import { checkPackages } from './doctor/check-packages.js'
import { checkProject } from './doctor/check-project.js'
import { checkTsconfig } from './doctor/check-tsconfig.js'
import type { Finding } from './doctor/finding.js'
import { describeFailure } from './failure.js'
import type { ExitCode, World } from './world.js'

/** Looks at everything that a project depends on, and says what is wrong and what to do. Writes nothing. */
export async function runDoctor(config: string | undefined, world: World): Promise<ExitCode> {
  const checks: readonly (() => readonly Finding[] | Promise<readonly Finding[]>)[] = [
    () => checkNode(world.nodeVersion, world.cwd),
    () => checkPackages(world.version, world.cwd),
    () => checkProject(config, world),
    () => checkTsconfig(world.cwd),
  ]
  const findings: Finding[] = []
  for (const check of checks) findings.push(...(await attempt(check)))
  for (const finding of findings) world.print(show(finding, world))
  const count = (state: Finding['state']) => findings.filter((finding) => finding.state === state).length
  world.print(`\n${count('fail')} failed, ${count('warn')} warned, ${count('ok')} fine.\n`)
  return count('fail') > 0 ? 1 : 0
}

/** A check that fails by itself must not keep the others from being made. */
async function attempt(
  check: () => readonly Finding[] | Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await check()
  } catch (thrown) {
    return [{ state: 'fail', text: 'A check could not be made', advice: describeFailure(thrown) }]
  }
}

function show({ state, text, advice }: Finding, { colour }: World): string {
  const { green, red, cyan, dim } = createColours(colour)
  const paint = { ok: green, warn: cyan, fail: red }[state]
  const more = advice === undefined ? '' : `      ${dim(advice)}\n`
  return `${paint(state.padEnd(4))}  ${text}\n${more}`
}
