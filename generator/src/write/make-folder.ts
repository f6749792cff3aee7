import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder, with those above it, and names the first that was not there. Throws what the system refuses; the
 * recursive form of Node's own never returns where a system says of a new folder that it does not exist, as Linux
 * does in `/proc`.
 */
export function makeFolder(folder: string): string | undefined {
  if (isFolder(folder) || dirname(folder) === folder) return undefined
  const first = makeFolder(dirname(folder)) ?? folder
  try {
    mkdirSync(folder)
  } catch (thrown) {
    // Another process may have been faster.
    if (!isFolder(folder)) throw thrown
  }
  return first
}

/** Whether there is a folder, or a link to one. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
