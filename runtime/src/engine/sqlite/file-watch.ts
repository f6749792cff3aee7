import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Clock, WirepactError } from '@wirepact/protocol'

/** How often, at most, it is looked: so long may something be written that nobody will find. */
const lookIntervalMs = 250

/**
 * Notices that the file of an open database was removed, or that another one has taken its place: what is written then
 * goes to a file that has no name, and is gone with the process. A database without a file is always there.
 */
export class FileWatch {
  readonly #file: string
  readonly #clock: Clock
  /** Which file it was when it was opened. */
  readonly #opened: string | undefined
  #lookedAt: number
  #isThere = true

  constructor(file: string, clock: Clock) {
    // Also when the process goes to another folder.
    this.#file = resolve(file)
    this.#clock = clock
    this.#opened = identify(this.#file)
    this.#lookedAt = clock.now()
  }

  get isThere(): boolean {
    const now = this.#clock.now()
    if (this.#opened !== undefined && Math.abs(now - this.#lookedAt) >= lookIntervalMs) {
      this.#lookedAt = now
      this.#isThere = identify(this.#file) === this.#opened
    }
    return this.#isThere
  }

  /** Throws `ENGINE_FAILED`. */
  require(): void {
    if (!this.isThere)
      throw new WirepactError('ENGINE_FAILED', 'The file of the engine was removed or replaced.')
  }
}

/** The device and the number of a file; undefined for none. */
function identify(file: string): string | undefined {
  try {
    const { dev, ino } = statSync(file, { bigint: true })
    return `${dev} ${ino}`
  } catch {
    return undefined
  }
}
