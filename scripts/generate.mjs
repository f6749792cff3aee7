import { buildPackages, generateExamples } from './lib/build.mjs'
import { installWhenNeeded } from './lib/install.mjs'
import { main } from './lib/task.mjs'

await main(async () => {
  await installWhenNeeded()
  await buildPackages()
  await generateExamples(...process.argv.slice(2))
})
