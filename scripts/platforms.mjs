import { buildPackages } from './lib/build.mjs'
import { needChromium } from './lib/chromium.mjs'
import { installPlatforms, installWhenNeeded } from './lib/install.mjs'
import { main, runNode, say, TaskFailure } from './lib/task.mjs'
import { inWorkspace } from './lib/workspace.mjs'

/** Tries the client on other runtimes, which are installed for this alone. What is not there is named at the end. */
await main(async () => {
  await installWhenNeeded()
  await installWhatIsThere()
  await buildPackages()
  const chromium = await needChromium()
  if (chromium !== undefined) process.env.CHROMIUM_PATH = chromium
  const { code } = await runNode(inWorkspace('platforms/main.mjs'), process.argv.slice(2), { show: true })
  process.exitCode = code
})

/** Without a network, say, there is still the Node that this runs on. */
async function installWhatIsThere() {
  try {
    await installPlatforms()
  } catch (error) {
    if (!(error instanceof TaskFailure)) throw error
    say(`The runtimes could not be installed: ${error.message}`)
  }
}
