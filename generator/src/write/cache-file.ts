import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runFolders } from '../load/run-folders.js'

/** How many files of one kind are kept. */
const maxFiles = 64

/**
 * A piece of memory in the cache of the nearest `node_modules`: it is about this machine and belongs into no
 * repository. Where there is no such folder nothing is remembered, and losing it costs time and nothing else.
 */
export class CacheFile {
  readonly #file: string | undefined
  readonly #kind: string

  constructor(kind: string, folder: string, key: string) {
    const [cache, beside] = runFolders(join(folder, 'file'))
    this.#kind = kind
    this.#file = beside === undefined ? undefined : join(cache as string, `${kind}-${key.slice(0, 16)}.json`)
  }

  /** What was remembered, as it was read; undefined when there is nothing. */
  read(): unknown {
    if (this.#file === undefined) return undefined
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8'))
    } catch {
      return undefined
    }
  }

  write(value: unknown): void {
    if (this.#file === undefined) return
    const text = JSON.stringify(value)
    try {
      if (JSON.stringify(this.read()) === text) return
      mkdirSync(dirname(this.#file), { recursive: true })
      writeFileSync(this.#file, text)
      this.#forgetOldest(dirname(this.#file))
    } catch {
      return
    }
  }

  /** Folders come and go; what was remembered longest ago goes first. */
  #forgetOldest(cache: string): void {
    const names = readdirSync(cache).filter((name) => name.startsWith(this.#kind))
    if (names.length <= maxFiles) return
    const files = names.map((name) => join(cache, name))
    files.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
    for (const file of files.slice(maxFiles)) rmSync(file, { force: true })
  }
}
