import { loadHost, makeProject } from './lib/project.mjs'
import { report, toLine } from './lib/report.mjs'
import { tries } from './lib/tries.mjs'

/** Tries the client on every runtime, or on those that are named, one after the other. */
const chosen = process.argv.slice(2)
const names = [...new Set(tries.map(({ name }) => name))]
const unknown = chosen.find((name) => !names.includes(name))
if (unknown !== undefined) {
  console.error(`There is no "${unknown}": ${names.join(', ')}.`)
  process.exit(2)
}

const host = await loadHost()
const project = await makeProject()
const done = []
try {
  for (const each of tries.filter(({ name }) => chosen.length === 0 || chosen.includes(name))) {
    done.push({ ...each, results: each.missing === undefined ? await attempt(each) : [] })
    console.log(toLine(done.at(-1)))
  }
} finally {
  await project.remove()
}
process.exitCode = report(done, { isChosen: chosen.length > 0 }) ? 0 : 1

/** Each has servers of its own. */
async function attempt({ run }) {
  const site = new host.Site()
  try {
    return await run({ addresses: await site.start(), folder: project.folder, host })
  } finally {
    await site.stop()
  }
}
