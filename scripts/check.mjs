import { installWhenNeeded } from './lib/install.mjs'
import { inTwoLanes, main, runNode } from './lib/task.mjs'
import { inWorkspace, schemas, tools } from './lib/workspace.mjs'

const colors = process.stdout.isTTY ? '--colors=force' : '--colors=off'

/**
 * Format, lint and import directions are Biome's, in one run. Types come before what the built generator does, and
 * that is done for two schemas at a time.
 */
const steps = [
  {
    name: 'format, lint, import directions',
    tool: tools.biome,
    args: ['ci', '--error-on-warnings', '--diagnostic-level=warn', colors, '.'],
  },
  { name: 'types', tool: tools.tsc, args: ['-b'] },
  { name: 'generated files of the admin API', tool: tools.admin, args: ['--check'] },
  { name: 'the page of limits', tool: tools.limits, args: ['--check'] },
  { name: 'dead exports', tool: tools.knip, args: [] },
]

const generated = schemas.map((folder) => ({
  name: `generated files of ${folder}`,
  tool: tools.wirepact,
  args: ['generate', '--check'],
  cwd: inWorkspace(folder),
}))

await main(async () => {
  await installWhenNeeded()
  const failed = []
  const take = async (step) => {
    if (!(await passes(step))) failed.push(step.name)
  }
  for (const step of steps) await take(step)
  await inTwoLanes(generated, take)
  if (failed.length === 0) return
  console.error(`\nThe check failed: ${failed.join('; ')}.`)
  process.exitCode = 1
})

async function passes({ name, tool, args, cwd }) {
  const { code, output } = await runNode(tool, args, { cwd })
  console.log(`${code === 0 ? 'ok    ' : 'failed'}  ${name}`)
  if (code !== 0) console.log(`\n${output}\n`)
  return code === 0
}
