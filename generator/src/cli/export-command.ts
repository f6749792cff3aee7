import { writeFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { type ConfigRequest, readConfig } from '../config/read-config.js'
import { compile } from '../generate.js'
import type { ApiIr } from '../ir.js'
import { loadApi } from '../load/load-api.js'
import { makeFolder } from '../write/make-folder.js'
import { reportProblems } from './report.js'
import type { ExitCode, World } from './world.js'

export interface ExportOptions extends Omit<ConfigRequest, 'cwd' | 'output'> {
  /** The file to write; undefined for the standard output. */
  readonly file: string | undefined
  /** The document's text. */
  readonly write: (api: ApiIr) => string | Promise<string>
}

/** Writes a document about the API. */
export async function runExport({ file, write, ...paths }: ExportOptions, world: World): Promise<ExitCode> {
  const config = await readConfig({ ...paths, cwd: world.cwd })
  if (!config.ok) return reportProblems(config.diagnostics, world)
  const compiled = await compile(await loadApi(config.settings.schema))
  if (!compiled.ok) return reportProblems(compiled.diagnostics, world)
  const text = await write(compiled.api)
  if (file === undefined) {
    world.print(text)
    return 0
  }
  const path = resolve(world.cwd, file)
  makeFolder(dirname(path))
  writeFileSync(path, text)
  world.print(`Wrote ${(relative(world.cwd, path) || path).replaceAll('\\', '/')}\n`)
  return 0
}
