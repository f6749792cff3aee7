import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runFolders } from '../load/run-folders.js'
import { sha256 } from '../lower/canonical.js'
import { isRecord } from '../model/reader.js'

/** For how many output folders the last run is remembered. */
const maxRuns = 64

/** What a run found to be in order, so that the next one need not look again. */
export interface LastRun {
  /** The generator's own code. */
  readonly build: string
  /** The fingerprint of what the output was made from. */
  readonly inputs: string
  /** The hash of the manifest that it left behind. */
  readonly manifest: string
  /** What each part of the output depended on, as long as that manifest is there. */
  readonly units: Readonly<Record<string, string>>
  /** The files of the handlers, and their hash when nothing was to be said about them; else empty. */
  readonly handlers: { readonly files: readonly string[]; readonly hash: string }
}

/**
 * Remembers the last run for an output folder, in the cache of the nearest `node_modules`: it is about this
 * machine and belongs into no repository. Where there is none, nothing is remembered and every run looks anew.
 */
export class RunMemory {
  readonly #file: string | undefined

  constructor(output: string) {
    const [cache, beside] = runFolders(join(output, 'manifest.json'))
    const name = `last-run-${sha256(output).slice(0, 16)}.json`
    this.#file = cache === undefined || beside === undefined ? undefined : join(cache, name)
  }

  read(): LastRun | undefined {
    if (this.#file === undefined) return undefined
    try {
      const value: unknown = JSON.parse(readFileSync(this.#file, 'utf8'))
      return isLastRun(value) ? value : undefined
    } catch {
      return undefined
    }
  }

  /** Losing the memory costs time and nothing else, so a cache that cannot be written to is no problem. */
  write(run: LastRun): void {
    if (this.#file === undefined) return
    const text = JSON.stringify(run)
    try {
      if (JSON.stringify(this.read()) === text) return
      mkdirSync(dirname(this.#file), { recursive: true })
      writeFileSync(this.#file, text)
      forgetOldest(dirname(this.#file))
    } catch {
      return
    }
  }
}

/** Folders come and go; what was remembered longest ago goes first. */
function forgetOldest(cache: string): void {
  const runs = readdirSync(cache).filter((name) => name.startsWith('last-run-'))
  if (runs.length <= maxRuns) return
  const files = runs.map((name) => join(cache, name))
  files.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  for (const file of files.slice(maxRuns)) rmSync(file, { force: true })
}

function isLastRun(value: unknown): value is LastRun {
  if (!isRecord(value) || !isRecord(value.units) || !isRecord(value.handlers)) return false
  const { files, hash } = value.handlers
  const texts = [value.build, value.inputs, value.manifest, hash, ...Object.values(value.units)]
  return Array.isArray(files) && [...texts, ...files].every((one) => typeof one === 'string')
}
