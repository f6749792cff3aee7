import { buildPackages } from './lib/build.mjs'
import { installBenchWhenNeeded, installWhenNeeded } from './lib/install.mjs'
import { main, needNode, runNode } from './lib/task.mjs'
import { inWorkspace, tools } from './lib/workspace.mjs'

/** Measures beside the peers, which are installed for this alone. What is printed is what was measured. */
await main(async () => {
  await installWhenNeeded()
  await installBenchWhenNeeded()
  await buildPackages()
  await needNode(tools.tsc, ['-b', 'bench/api'], { what: 'The build of the API that is measured' })
  const { code } = await runNode(inWorkspace('bench/main.mjs'), process.argv.slice(2), { show: true })
  process.exitCode = code
})
