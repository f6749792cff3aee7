import { existsSync, type FSWatcher, readFileSync, statSync, watch } from 'node:fs'
import { dirname } from 'node:path'
import { sha256 } from '../lower/canonical.js'

/** How long to wait for more changes before looking: editors write a file in several steps. */
const settleMs = 40

/** By how much the times of a file system may be behind those of this process. */
const clockSlackMs = 20

/** What is in files, by their paths: a hash, or null for one that is not there. */
export type FileStates = ReadonlyMap<string, string | null>

/**
 * Tells when one of some files changed, appeared or went away. Folders are watched and not files, so that editors
 * that replace a file by another are seen; and what counts is what is in a file, not that it was touched.
 */
export class FileWatch {
  readonly #changed: () => void
  readonly #folders = new Map<string, FSWatcher>()
  #files: readonly string[] = []
  #states: FileStates = new Map()
  #timer: NodeJS.Timeout | undefined

  constructor(changed: () => void) {
    this.#changed = changed
  }

  /**
   * Watches these files instead of others. They are as they were `before` they were used; those that nobody knew then
   * are as they are, unless they were written after `sinceMs` of the epoch.
   */
  follow(files: readonly string[], { before, sinceMs }: { before: FileStates; sinceMs: number }): void {
    this.#files = files
    const now = (file: string) => (wasWritten(file, sinceMs) ? '' : readState(file))
    this.#states = new Map(
      files.map((file) => [file, before.has(file) ? (before.get(file) ?? null) : now(file)]),
    )
    this.#watchFolders(files)
    this.#settle()
  }

  close(): void {
    clearTimeout(this.#timer)
    for (const watcher of this.#folders.values()) watcher.close()
    this.#folders.clear()
  }

  #watchFolders(files: readonly string[]): void {
    const folders = new Set(files.map((file) => nearestFolder(dirname(file))))
    for (const [folder, watcher] of this.#folders) {
      if (folders.has(folder)) continue
      watcher.close()
      this.#folders.delete(folder)
    }
    for (const folder of folders) this.#watch(folder)
  }

  #watch(folder: string): void {
    if (this.#folders.has(folder)) return
    const watcher = watch(folder, () => this.#settle())
    // A folder that goes away takes its watcher with it; the next look finds the folder that is there instead.
    watcher.on('error', () => this.#forget(folder))
    this.#folders.set(folder, watcher)
  }

  #forget(folder: string): void {
    this.#folders.get(folder)?.close()
    this.#folders.delete(folder)
    this.#settle()
  }

  #settle(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#look(), settleMs)
  }

  #look(): void {
    this.#watchFolders(this.#files)
    const states = readStates(this.#files)
    if (this.#files.every((file) => states.get(file) === this.#states.get(file))) return
    this.#states = states
    this.#changed()
  }
}

export function readStates(files: readonly string[]): FileStates {
  return new Map(files.map((file) => [file, readState(file)]))
}

function wasWritten(file: string, sinceMs: number): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > sinceMs - clockSlackMs
}

function readState(file: string): string | null {
  try {
    return sha256(readFileSync(file, 'latin1'))
  } catch {
    return null
  }
}

/** The folder itself, or the nearest above it that is there. */
function nearestFolder(folder: string): string {
  if (existsSync(folder) && statSync(folder).isDirectory()) return folder
  const parent = dirname(folder)
  return parent === folder ? folder : nearestFolder(parent)
}
