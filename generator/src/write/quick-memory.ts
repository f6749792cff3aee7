import { existsSync, readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { findInstalled } from '../config/installed.js'
import type { Settings } from '../config/read-config.js'
import { sha256 } from '../lower/canonical.js'
import { isRecord } from '../model/reader.js'
import { hashFiles } from '../stubs/handler-files.js'
import { CacheFile } from './cache-file.js'
import { isSelfContained } from './self-contained.js'

/** What a run found out that depends on nothing but the files of the configuration and the schema. */
export interface QuickRun {
  readonly settings: Settings
  /** The fingerprint of the API. */
  readonly inputs: string
  readonly routes: number
  /** The files, there or not. */
  readonly files: readonly string[]
}

/** Remembers what the files of one request came to, for the generator whose code is `build`. */
export class QuickMemory {
  readonly #cache: CacheFile
  readonly #build: string

  constructor(cwd: string, request: unknown, build: string) {
    this.#cache = new CacheFile('last-request', cwd, sha256(JSON.stringify([cwd, request])))
    this.#build = build
  }

  /** What the files came to, when they are the same as they were. */
  read(): QuickRun | undefined {
    const value = this.#cache.read()
    if (!isRecord(value) || value.build !== this.#build || !isQuickRun(value.run)) return undefined
    return value.state === stateOf(value.run) ? value.run : undefined
  }

  /** Remembers nothing of files that look at the world around them. */
  write(run: QuickRun): void {
    const files = run.files.filter((file) => existsSync(file))
    if (!isSelfContained(files)) return
    this.#cache.write({ build: this.#build, state: stateOf(run), run })
  }
}

/**
 * The texts of files, the names beside them (a new file may be what an import leads to from now on), and the version
 * of the schema language that they import.
 */
function stateOf({ files, settings }: QuickRun): string {
  const folders = [...new Set(files.map((file) => dirname(file)))].filter((folder) => existsSync(folder))
  const names = folders.map((folder) => readdirSync(folder).sort())
  const language = findInstalled('@wirepact/schema', dirname(settings.schema))
  return sha256(JSON.stringify([hashFiles(files), names, language ?? null]))
}

function isQuickRun(value: unknown): value is QuickRun {
  if (!isRecord(value) || !isRecord(value.settings) || !Array.isArray(value.files)) return false
  const { schema, output, handlers = '' } = value.settings
  const texts = [schema, output, handlers, value.inputs, ...value.files]
  return typeof value.routes === 'number' && texts.every((one) => typeof one === 'string')
}
