import { buildPackages, generate } from './lib/build.mjs'
import { installWhenNeeded } from './lib/install.mjs'
import { main } from './lib/task.mjs'
import { schemas } from './lib/workspace.mjs'

await main(async () => {
  await installWhenNeeded()
  await buildPackages()
  await generate(schemas, ...process.argv.slice(2))
})
