import { lstatSync, readdirSync, readFileSync, rmdirSync, rmSync, type Stats } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'

/** What the names of files end with that are about to replace others. */
export const TEMPORARY = '.wirepact-tmp'

/** The folder that the generator writes into. Touches nothing outside of it, not even through a link. */
export class OutputFolder {
  readonly root: string

  constructor(root: string) {
    this.root = resolve(root)
  }

  /** The absolute path of a file; undefined when it would be outside of the folder, or behind a link. */
  locate(path: string): string | undefined {
    if (path === '' || path.includes('\0') || path.includes('\\')) return undefined
    const file = resolve(this.root, path)
    if (!file.startsWith(this.root + sep)) return undefined
    return this.#isLinked(file) ? undefined : file
  }

  /** The file's text; undefined when there is none. */
  read(path: string): string | undefined {
    const file = this.locate(path)
    const kind = file === undefined ? undefined : kindOf(file)
    return kind === 'file' ? readFileSync(file as string, 'utf8') : undefined
  }

  /** Whether anything at all is at the path. */
  has(path: string): boolean {
    return kindOf(resolve(this.root, path)) !== undefined
  }

  /** Removes the file, and the folders that it leaves empty. */
  remove(path: string): void {
    const file = this.own(path)
    rmSync(file, { force: true })
    for (let folder = dirname(file); folder !== this.root; folder = dirname(folder)) {
      if (readdirSync(folder).length > 0) return
      rmdirSync(folder)
    }
  }

  /** The absolute path of a file that has been found to be inside of the folder. */
  own(path: string): string {
    const file = this.locate(path)
    if (file === undefined) throw new RangeError(`${path} is not inside of ${this.root}`)
    return file
  }

  /** Removes what a run that was cut off was about to write. */
  removeTemporary(): void {
    for (const entry of readdirSync(this.root, { recursive: true, withFileTypes: true })) {
      const isOurs = entry.isFile() && entry.name.startsWith('.') && entry.name.endsWith(TEMPORARY)
      if (isOurs) rmSync(join(entry.parentPath, entry.name), { force: true })
    }
  }

  /** Removes a folder, with the folders in it, when there is no file in any of them. */
  removeEmpty(folder: string): void {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (!entry.isDirectory()) return
      this.removeEmpty(join(folder, entry.name))
    }
    if (readdirSync(folder).length === 0) rmdirSync(folder)
  }

  #isLinked(file: string): boolean {
    for (let part = file; part !== this.root; part = dirname(part)) {
      if (kindOf(part) === 'link') return true
    }
    return false
  }
}

function kindOf(path: string): 'file' | 'folder' | 'link' | 'other' | undefined {
  const stats = statsOf(path)
  if (stats === undefined) return undefined
  if (stats.isSymbolicLink()) return 'link'
  if (stats.isDirectory()) return 'folder'
  return stats.isFile() ? 'file' : 'other'
}

/** Below a file there is nothing either. */
function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOTDIR') return undefined
    throw thrown
  }
}
