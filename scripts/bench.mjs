import { readArguments } from '../bench/lib/arguments.mjs'
import { buildPackages } from './lib/build.mjs'
import { installBenchWhenNeeded, installWhenNeeded } from './lib/install.mjs'
import { main, needNode, runNode } from './lib/task.mjs'
import { inWorkspace, tools } from './lib/workspace.mjs'

/** Measures beside the peers, which are installed for this alone. What is printed is what was measured. */
await main(async () => {
  const args = process.argv.slice(2)
  // What there is not is said before anything is installed.
  readArguments(args)
  await installWhenNeeded()
  await installBenchWhenNeeded()
  await buildPackages()
  await needNode(tools.tsc, ['-b', 'bench/api'], { what: 'The build of the API that is measured' })
  const { code } = await runNode(inWorkspace('bench/main.mjs'), args, { show: true })
  process.exitCode = code
})
