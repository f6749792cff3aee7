import { randomUUID } from 'node:crypto'
import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runFolders } from './run-folders.js'

/** What became of running a module: its exports or what it threw, and the file that it ran as. */
export type Run =
  | { readonly ok: true; readonly ranAs: string; readonly exports: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly ranAs: string; readonly thrown: unknown }

/** Runs the code that was bundled from `file`. The file that it needs for that is gone afterwards. */
export async function runBundle(code: string, file: string): Promise<Run> {
  const ranAs = writeTemporary(code, file)
  try {
    const exports: Record<string, unknown> = await import(pathToFileURL(ranAs).href)
    return { ok: true, ranAs, exports }
  } catch (thrown) {
    return { ok: false, ranAs, thrown }
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
