import { buildPackages, generate } from './lib/build.mjs'
import { installWhenNeeded } from './lib/install.mjs'
import { main, needNode } from './lib/task.mjs'
import { schemas, tools } from './lib/workspace.mjs'

await main(async () => {
  await installWhenNeeded()
  await needNode(tools.admin, process.argv.slice(2), { what: 'The admin API could not be generated' })
  await buildPackages()
  await needNode(tools.limits, [], { what: 'The page of limits could not be written' })
  await generate(schemas, ...process.argv.slice(2))
})
