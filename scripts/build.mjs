import { buildAll } from './lib/build.mjs'
import { installWhenNeeded } from './lib/install.mjs'
import { main } from './lib/task.mjs'

await main(async () => {
  await installWhenNeeded()
  await buildAll()
})
