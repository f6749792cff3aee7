import { randomUUID } from 'node:crypto'
import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Guarded, guardProcess } from './guard-process.js'
import { runFolders } from './run-folders.js'
import { watchLoop } from './watch-loop.js'

/** What became of running a module, and the file that it ran as. */
export interface Run {
  readonly ranAs: string
  readonly outcome: Guarded<Readonly<Record<string, unknown>>>
}

/** Runs the code that was bundled from `file`. The file that it needs for that is gone afterwards. */
export async function runBundle(code: string, file: string, maxMs: number): Promise<Run> {
  const ranAs = writeTemporary(code, file)
  const patience = { maxMs, watch: () => watchLoop(code, maxMs) }
  try {
    return { ranAs, outcome: await guardProcess(() => import(pathToFileURL(ranAs).href), patience) }
  } finally {
    rmSync(ranAs, { force: true })
  }
}

/** Writes to the first folder that can be written to. The path has no links in it, as the engine's stacks have none. */
function writeTemporary(code: string, file: string): string {
  const name = `.${basename(file)}.${randomUUID()}.mjs`
  let refusal: unknown
  for (const folder of runFolders(file)) {
    try {
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, name), code)
      return join(realpathSync(folder), name)
    } catch (thrown) {
      refusal = thrown
    }
  }
  throw refusal
}
