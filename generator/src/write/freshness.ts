import type { Settings } from '../config/read-config.js'
import { sha256 } from '../lower/canonical.js'
import { hashFiles, listHandlerFiles } from '../stubs/handler-files.js'
import { hashText, MANIFEST, type Manifest } from './manifest.js'
import { OutputFolder } from './output-folder.js'
import { type LastRun, RunMemory } from './run-memory.js'
import { isCurrent } from './write-output.js'

/** The generator that asks, and the fingerprint of the API that it has before it. */
export interface Asking {
  readonly build: string
  readonly inputs: string
  /** Whether the fingerprint says all about the generator's code. */
  readonly isReleased: boolean
}

/** Knows what of a project is as the last run left it. Changes nothing but what it remembers. */
export class Freshness {
  readonly folder: OutputFolder
  readonly last: LastRun | undefined
  readonly #settings: Settings
  readonly #asking: Asking
  readonly #memory: RunMemory

  constructor(settings: Settings, asking: Asking) {
    this.#settings = settings
    this.#asking = asking
    this.folder = new OutputFolder(settings.output)
    this.#memory = new RunMemory(settings.output)
    const last = this.#memory.read()
    this.last = last?.build === asking.build && last.manifest === this.#hashManifest() ? last : undefined
  }

  /** Whether the output folder holds what would be written. */
  isOutputFresh(manifest: Manifest | undefined): boolean {
    const { inputs, isReleased } = this.#asking
    const isKnown = isReleased || this.last?.inputs === inputs
    return isKnown && isCurrent(this.folder, manifest, inputs)
  }

  /** Whether nothing is to be done or said about the handlers. */
  areHandlersFresh(): boolean {
    const { handlers, output } = this.#settings
    if (handlers === undefined) return true
    if (this.last?.inputs !== this.#asking.inputs || this.last.handlers.hash === '') return false
    return this.last.handlers.hash === this.#hashHandlers({ handlers, output }, this.last.handlers.files)
  }

  /** Remembers that everything is as it is to be; `isQuiet` when nothing was to be said about the handlers. */
  remember(units: LastRun['units'], found: Omit<LastRun['handlers'], 'hash'>, isQuiet: boolean): void {
    const { handlers, output } = this.#settings
    const hash =
      isQuiet && handlers !== undefined ? this.#hashHandlers({ handlers, output }, found.files) : ''
    const { build, inputs } = this.#asking
    this.#memory.write({ build, inputs, manifest: this.#hashManifest(), units, handlers: { ...found, hash } })
  }

  /** The state of all files that handlers may be in, and of those that they were found through. */
  #hashHandlers(place: { handlers: string; output: string }, more: readonly string[]): string {
    const files = [...new Set([...listHandlerFiles(place), ...more])].sort()
    return sha256(`${place.handlers} ${hashFiles(files)}`)
  }

  /** Files that another checkout or another person put there are not what the last run left behind. */
  #hashManifest(): string {
    return hashText(this.folder.read(MANIFEST) ?? '')
  }
}
