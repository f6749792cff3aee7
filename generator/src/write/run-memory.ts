import { sha256 } from '../lower/canonical.js'
import { isRecord } from '../model/reader.js'
import { CacheFile } from './cache-file.js'

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
  readonly handlers: {
    readonly files: readonly string[]
    readonly hash: string
    /** Handlers of messages that are gone: they are named again until they are, too. */
    readonly retired?: readonly string[]
  }
}

/** Remembers the last run for an output folder. */
export class RunMemory {
  readonly #cache: CacheFile

  constructor(output: string) {
    this.#cache = new CacheFile('last-run', output, sha256(output))
  }

  read(): LastRun | undefined {
    const value = this.#cache.read()
    return isLastRun(value) ? value : undefined
  }

  write(run: LastRun): void {
    this.#cache.write(run)
  }
}

function isLastRun(value: unknown): value is LastRun {
  if (!isRecord(value) || !isRecord(value.units) || !isRecord(value.handlers)) return false
  const { files, hash, retired = [] } = value.handlers
  const texts = [value.build, value.inputs, value.manifest, hash, ...Object.values(value.units)]
  if (!Array.isArray(files) || !Array.isArray(retired)) return false
  return [...texts, ...files, ...retired].every((one) => typeof one === 'string')
}
