import { pathToFileURL } from 'node:url'
import { buildAll } from './lib/build.mjs'
import { installWhenNeeded } from './lib/install.mjs'
import { main, say } from './lib/task.mjs'
import { inWorkspace } from './lib/workspace.mjs'

await main(async () => {
  await installWhenNeeded()
  await buildAll()
  say('Starting the chat')
  await import(pathToFileURL(inWorkspace('examples/chat/dist/main.js')).href)
})
