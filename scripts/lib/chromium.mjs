import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run, say } from './task.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const places = [
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** How a person gets Chromium where it cannot be installed from here. */
export const chromiumAdvice =
  'Install Chromium or Google Chrome, or set CHROMIUM_PATH to its program, or run `npx playwright-core install chromium`.'

/** The path of a Chromium that is here already; undefined when there is none. */
async function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  const { chromium } = await import('playwright-core')
  const all = [process.env.CHROMIUM_PATH, ...onPath, ...places, chromium.executablePath()]
  return all.find((file) => file && existsSync(file))
}

/** The path of a Chromium, installed by apt where this is root on Debian; undefined when there is none. */
export async function needChromium() {
  const found = await findChromium()
  if (found !== undefined || !isDebianRoot()) return found
  say('Installing Chromium with apt-get')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-qq'], { env })
  const { code, output } = await run(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
    { env },
  )
  if (code !== 0) console.error(output)
  return findChromium()
}

function isDebianRoot() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get')
}
