import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, runNode, say, TaskFailure } from './task.mjs'

/** The folder in which a package that is only compared with is installed, outside of the workspace. */
export async function installPeer(name) {
  const folder = join(tmpdir(), `wirepact-peer-${name}`)
  if (existsSync(join(folder, 'node_modules', name))) return folder
  say(`Installing ${name} to compare with`)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), '{ "private": true }')
  const args = ['install', name, '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const { code, output } = await (npm?.endsWith('.js') ? runNode(npm, args) : run('npm', args))
  if (code !== 0) throw new TaskFailure(`${output}\n\nnpm install ${name} failed (exit code ${code}).`)
  return folder
}
