import { lstatSync } from 'node:fs'
import { dirname, sep } from 'node:path'
import type { Diagnostic } from '../diagnose/diagnostic.js'
import { isFolder } from './make-folder.js'

/** Why nothing can be written to an output folder as things stand; undefined when it is there or can be tried. */
export function checkRoot(root: string): Diagnostic | undefined {
  const blocker = findBlocker(root)
  if (blocker === undefined) return undefined
  const { path, isLink } = blocker
  const what = isLink ? 'a link that leads nowhere' : 'not a folder'
  const message = `The output cannot be in ${root}: ${path} is ${what}. Remove it, or choose another output folder.`
  return { code: 'OUTPUT_NOT_A_FOLDER', message, path: '' }
}

/** The system's own refusal of the output folder as such; undefined when something else was thrown. */
export function toFolderRefusal(root: string, thrown: unknown): Diagnostic | undefined {
  if (!isSystemError(thrown) || !`${root}${sep}.wirepact-lock`.startsWith(thrown.path)) return undefined
  const message = `The output cannot be written to ${root}: ${thrown.message}. Choose another output folder.`
  return { code: 'OUTPUT_NOT_WRITABLE', message, path: '' }
}

interface Blocker {
  readonly path: string
  readonly isLink: boolean
}

/** What is in the place of the folder, or of one above it. */
function findBlocker(folder: string): Blocker | undefined {
  if (isFolder(folder) || dirname(folder) === folder) return undefined
  const above = findBlocker(dirname(folder))
  if (above !== undefined) return above
  const stats = lstatSync(folder, { throwIfNoEntry: false })
  if (stats === undefined) return undefined
  return { path: folder, isLink: stats.isSymbolicLink() }
}

function isSystemError(thrown: unknown): thrown is Error & { readonly path: string } {
  return thrown instanceof Error && 'syscall' in thrown && 'path' in thrown && typeof thrown.path === 'string'
}
