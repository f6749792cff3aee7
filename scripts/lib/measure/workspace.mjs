import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { inWorkspace } from '../workspace.mjs'

/** An empty folder that sees the packages of the workspace. */
export async function prepareFolder(name, files) {
  const folder = inWorkspace('test/.tmp', `measure-${name}`)
  await rm(folder, { recursive: true, force: true })
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return folder
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** How long `run` takes, in milliseconds. */
export async function timeOf(run) {
  const start = performance.now()
  await run()
  return performance.now() - start
}
