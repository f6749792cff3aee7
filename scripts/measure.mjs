import { buildPackages } from './lib/build.mjs'
import { installWhenNeeded } from './lib/install.mjs'
import { measureGenerate } from './lib/measure/generate.mjs'
import { measureTypes } from './lib/measure/types.mjs'
import { main, TaskFailure } from './lib/task.mjs'

const measures = { types: measureTypes, generate: measureGenerate }
const count = 300

/** Prints figures; what they are to be is said beside them. All, or those that are named. */
await main(async () => {
  const names = process.argv.slice(2)
  const unknown = names.find((name) => !Object.hasOwn(measures, name))
  if (unknown !== undefined)
    throw new TaskFailure(`There is no measure "${unknown}": ${Object.keys(measures).join(', ')}.`)
  await installWhenNeeded()
  await buildPackages()
  for (const name of names.length > 0 ? names : Object.keys(measures)) await measures[name](count)
})
