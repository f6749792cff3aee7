import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildAll } from './lib/build.mjs'
import { chromiumAdvice, needChromium } from './lib/chromium.mjs'
import { installWhenNeeded } from './lib/install.mjs'
import { main, runNode, say, TaskFailure } from './lib/task.mjs'
import { readReport, toSummary } from './lib/test-report.mjs'
import { tools } from './lib/workspace.mjs'

await main(async () => {
  await installWhenNeeded()
  await buildAll()
  await prepareBrowser()
  say('Running the tests')
  const { code, report } = await runTests(process.argv.slice(2))
  for (const skipped of report.skipped) console.log(`skipped: ${skipped}`)
  if (report.passed + report.failed === 0) console.log('No test was run.')
  console.log(toSummary(report))
  if (code !== 0 || report.failed > 0 || report.passed === 0) process.exitCode = 1
})

/** The browser's tests find it by CHROMIUM_PATH. Where it is missing they are skipped, but never in CI. */
async function prepareBrowser() {
  const chromium = await needChromium()
  if (chromium !== undefined) process.env.CHROMIUM_PATH = chromium
  else if (process.env.CI) throw new TaskFailure(`There is no Chromium to test with. ${chromiumAdvice}`)
  else say(`There is no Chromium: the browser's tests are skipped. ${chromiumAdvice}`)
}

async function runTests(args) {
  const folder = await mkdtemp(join(tmpdir(), 'wirepact-report-'))
  const file = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const { code } = await runNode(tools.vitest, ['run', ...reporters, ...args], { show: true })
    return { code, report: await readReport(file) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
