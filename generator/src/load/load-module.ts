import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Diagnostic } from '../diagnose/diagnostic.js'
import type { Site } from '../ir.js'
import { type Bundle, bundle } from './bundle.js'
import { runBundle } from './run-bundle.js'
import { createTrace, type Trace } from './trace.js'

/** A TypeScript module that has run. */
export interface LoadedModule {
  readonly file: string
  readonly exports: Readonly<Record<string, unknown>>
  /** The files that it was made of, absolute and sorted. */
  readonly inputs: readonly string[]
  readonly trace: Trace
  readonly duplicateKeys: readonly Diagnostic[]
}

export type Loaded<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[]; readonly inputs: readonly string[] }

/** Compiles and runs a TypeScript file of the user's. Never throws for what is wrong with the file. */
export async function loadModule(path: string): Promise<Loaded<LoadedModule>> {
  const file = resolve(path)
  if (!isFile(file)) return refuse([missing(file)], [])
  const built = await bundle(file)
  if (!('code' in built)) return refuse(built, [file])
  const run = await runBundle(built.code, file)
  const trace = createTrace(built.map, run.ranAs, `${file}.mjs`)
  if (!run.ok) return refuse([threw(run.thrown, file, trace)], built.inputs)
  return { ok: true, value: toModule(file, run.exports, { built, trace }) }
}

function toModule(
  file: string,
  exports: Readonly<Record<string, unknown>>,
  { built, trace }: { readonly built: Bundle; readonly trace: Trace },
): LoadedModule {
  return { file, exports, trace, inputs: built.inputs, duplicateKeys: built.duplicateKeys }
}

function refuse(diagnostics: readonly Diagnostic[], inputs: readonly string[]) {
  return { ok: false as const, diagnostics, inputs }
}

function isFile(file: string): boolean {
  return existsSync(file) && statSync(file).isFile()
}

function missing(file: string): Diagnostic {
  return { code: 'FILE_NOT_FOUND', message: `There is no file ${file}.`, path: '' }
}

/** Something thrown while the file ran, at the innermost line of the user's own that it passed through. */
function threw(thrown: unknown, file: string, trace: Trace): Diagnostic {
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  const site = thrown instanceof Error ? ownFrame(thrown.stack ?? '', trace) : undefined
  return {
    code: 'LOAD_FAILED',
    message: `The file threw while it was loaded: ${text}`,
    site: site ?? { file, line: 1, column: 1 },
    path: '',
  }
}

function ownFrame(stack: string, trace: Trace): Site | undefined {
  for (const line of stack.split('\n')) {
    const place = /^\s+at (?:.* \()?(.+):(\d+):(\d+)\)?$/.exec(line)
    if (place === null || place[1]?.startsWith('node:')) continue
    const site = trace({ file: place[1] as string, line: Number(place[2]), column: Number(place[3]) })
    if (site !== undefined && !site.file.includes('/node_modules/') && existsSync(site.file)) return site
  }
  return undefined
}
