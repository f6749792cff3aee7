import { resolve } from 'node:path'
import { buildPackages } from './lib/build.mjs'
import { report } from './lib/conformance-report.mjs'
import { runFile } from './lib/conformance-run.mjs'
import { readRemotes, readSuite } from './lib/conformance-suite.mjs'
import { installWhenNeeded } from './lib/install.mjs'
import { main, TaskFailure } from './lib/task.mjs'

const usage = `Usage: npm run conformance -- json-schema DIR

Runs the official JSON Schema Test Suite (draft2020-12) through generated validators. DIR is a checkout of the
suite, with the folders tests/draft2020-12 and remotes. Ends with exit code 1 below the marks.`

await main(async () => {
  const [what, folder] = process.argv.slice(2)
  if (what !== 'json-schema' || folder === undefined) throw new TaskFailure(usage)
  await installWhenNeeded()
  await buildPackages()
  const [files, remotes] = await Promise.all([readSuite(resolve(folder)), readRemotes(resolve(folder))])
  const results = []
  for (const file of files) results.push(await runFile(file, remotes))
  const { stop } = await import('esbuild')
  await stop()
  if (!report(results)) process.exitCode = 1
})
