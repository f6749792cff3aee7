import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildAll } from './lib/build.mjs'
import { installWhenNeeded } from './lib/install.mjs'
import { main, say, TaskFailure } from './lib/task.mjs'
import { examples, inWorkspace } from './lib/workspace.mjs'

/** Serves an example: the chat, unless another one is named. */
await main(async () => {
  const [name = 'chat'] = process.argv.slice(2)
  const names = examples.map((folder) => basename(folder))
  if (!names.includes(name)) {
    throw new TaskFailure(`There is no example "${name}". There are ${names.join(', ')}.`)
  }
  await installWhenNeeded()
  await buildAll()
  say(name === 'chat' ? 'Starting the chat' : `Starting the example ${name}`)
  await import(pathToFileURL(inWorkspace('examples', name, 'dist/main.js')).href)
})
