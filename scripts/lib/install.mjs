import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run, runNode, say, TaskFailure } from './task.mjs'
import { inWorkspace } from './workspace.mjs'

/** Installs exactly what the workspace's lock file says, unless that is there already. */
export function installWhenNeeded() {
  return installIn(inWorkspace(), { what: 'dependencies', isThere: isInstalled })
}

/** The same for the benchmark, which has a lock file of its own. */
export function installBenchWhenNeeded() {
  return installIn(inWorkspace('bench'), { what: 'what the benchmark compares with', isThere: isInstalled })
}

/** The runtimes that the client is tried on. They are bound to a platform, so nothing but the lock file counts. */
export function installPlatforms() {
  return installIn(inWorkspace('platforms'), { what: 'the runtimes (1 GB)', isThere: async () => false })
}

async function installIn(folder, { what, isThere }) {
  const lock = await readFile(join(folder, 'package-lock.json'), 'utf8')
  const hash = createHash('sha256').update(lock).digest('hex')
  // The hash of the lock file that the tree was last found to fit.
  const stampFile = join(folder, 'node_modules/.wirepact-lock')
  if ((await readOr(stampFile, '')) === hash) return
  if (!(await isThere(folder, lock))) await install(folder, what)
  await writeFile(stampFile, hash)
}

/** Whether every package that is not bound to another platform is there in the version of the lock file. */
async function isInstalled(folder, lock) {
  // What npm itself notes about the tree that it installed, written last.
  const noted = await readOr(join(folder, 'node_modules/.package-lock.json'), '{"packages":{}}')
  const installed = JSON.parse(noted).packages
  const locked = Object.entries(JSON.parse(lock).packages)
  return (
    locked
      .filter(([path, entry]) => path.includes('node_modules/') && entry.optional !== true)
      // Nobody imports an example: its link is not missed.
      .filter(([, entry]) => !entry.resolved?.startsWith('examples/'))
      .every(([path, entry]) => installed[path] !== undefined && installed[path].version === entry.version)
  )
}

async function install(folder, what) {
  say(`Installing ${what}`)
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const { code, output } = await (npm?.endsWith('.js')
    ? runNode(npm, args, { cwd: folder })
    : run('npm', args, { cwd: folder }))
  if (code !== 0) throw new TaskFailure(`${output}\n\nnpm ci failed (exit code ${code}).`)
}

async function readOr(file, otherwise) {
  try {
    return await readFile(file, 'utf8')
  } catch {
    return otherwise
  }
}
