import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type OutputFolder, TEMPORARY } from './output-folder.js'

interface Staged {
  readonly path: string
  readonly temporary: string
}

/**
 * Changes of an output folder that happen all or not at all, as far as this process lives: texts are written
 * beside their files first, then they replace them one by one, and what was replaced comes back when one fails.
 */
export class Transaction {
  readonly #folder: OutputFolder
  readonly #staged: Staged[] = []
  readonly #created: string[] = []
  readonly #undo: (() => void)[] = []

  constructor(folder: OutputFolder) {
    this.#folder = folder
  }

  /** Runs the steps, and takes everything back when one of them throws. */
  run(steps: () => void): void {
    try {
      steps()
    } catch (thrown) {
      this.#rollBack()
      throw thrown
    }
  }

  /** Writes a text beside its file. The file is as it was until `commit`. */
  stage(path: string, text: string): void {
    const file = this.#folder.own(path)
    const temporary = join(dirname(file), `.${basename(file)}${TEMPORARY}`)
    const created = mkdirSync(dirname(file), { recursive: true })
    if (created !== undefined) this.#created.push(created)
    rmSync(temporary, { force: true })
    this.#staged.push({ path, temporary })
    writeFileSync(temporary, text, { flag: 'wx' })
  }

  /** Replaces every staged file, each as one act: whoever reads it sees the old text or the new one. */
  commit(): void {
    for (let next = this.#staged[0]; next !== undefined; next = this.#staged[0]) {
      this.#remember(next.path)
      renameSync(next.temporary, this.#folder.own(next.path))
      this.#staged.shift()
    }
  }

  remove(path: string): void {
    this.#remember(path)
    this.#folder.remove(path)
  }

  #remember(path: string): void {
    const before = this.#folder.read(path)
    this.#undo.push(() => {
      if (before === undefined) return rmSync(this.#folder.own(path), { force: true })
      mkdirSync(dirname(this.#folder.own(path)), { recursive: true })
      writeFileSync(this.#folder.own(path), before)
    })
  }

  /** Each step for itself: what cannot be taken back must not keep the others from it. */
  #rollBack(): void {
    const steps = [
      ...this.#undo.reverse(),
      ...this.#staged.map(
        ({ temporary }) =>
          () =>
            rmSync(temporary, { force: true }),
      ),
      ...this.#created.reverse().map((folder) => () => this.#folder.removeEmpty(folder)),
    ]
    for (const step of steps) attempt(step)
  }
}

function attempt(step: () => void): void {
  try {
    step()
  } catch {
    return
  }
}
