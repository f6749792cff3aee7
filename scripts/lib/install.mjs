import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { run, runNode, say, TaskFailure } from './task.mjs'
import { inWorkspace } from './workspace.mjs'

const lockFile = inWorkspace('package-lock.json')
/** What npm itself notes about the tree that it installed, written last. */
const installedFile = inWorkspace('node_modules/.package-lock.json')
/** The hash of the lock file that the tree was last found to fit. */
const stampFile = inWorkspace('node_modules/.wirepact-lock')

/** Installs exactly what the lock file says, unless that is there already. */
export async function installWhenNeeded() {
  const hash = createHash('sha256')
    .update(await readFile(lockFile))
    .digest('hex')
  if ((await readOr(stampFile, '')) === hash) return
  if (!(await isInstalled())) await install()
  await writeFile(stampFile, hash)
}

/** Whether every package that is not bound to another platform is there in the version of the lock file. */
async function isInstalled() {
  const installed = JSON.parse(await readOr(installedFile, '{"packages":{}}')).packages
  const locked = Object.entries(JSON.parse(await readFile(lockFile, 'utf8')).packages)
  return (
    locked
      .filter(([path, entry]) => path.includes('node_modules/') && entry.optional !== true)
      // Nobody imports an example: its link is not missed.
      .filter(([, entry]) => !entry.resolved?.startsWith('examples/'))
      .every(([path, entry]) => installed[path] !== undefined && installed[path].version === entry.version)
  )
}

async function install() {
  say('Installing dependencies')
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const { code, output } = await (npm?.endsWith('.js') ? runNode(npm, args) : run('npm', args))
  if (code !== 0) throw new TaskFailure(`${output}\n\nnpm ci failed (exit code ${code}).`)
}

async function readOr(file, otherwise) {
  try {
    return await readFile(file, 'utf8')
  } catch {
    return otherwise
  }
}
