import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Diagnostic } from '../diagnose/diagnostic.js'
import type { Site } from '../ir.js'
import { type Bundle, bundle } from './bundle.js'
import { type Run, runBundle } from './run-bundle.js'
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
  const { ranAs, outcome } = await runBundle(built.code, file)
  const trace = createTrace(built.map, ranAs, `${file}.mjs`)
  if (outcome.kind !== 'done') return refuse([failed(outcome, file, trace)], built.inputs)
  return { ok: true, value: toModule(file, outcome.value, { built, trace }) }
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

type Failure = Exclude<Run['outcome'], { readonly kind: 'done' }>

/** Why a file did not load, at the innermost line of the user's own where that happened. */
function failed(failure: Failure, file: string, trace: Trace): Diagnostic {
  const cause = causeOf(failure)
  const site = cause instanceof Error ? ownFrame(cause.stack ?? '', trace) : undefined
  return {
    code: 'LOAD_FAILED',
    message: describe(failure),
    site: site ?? { file, line: 1, column: 1 },
    path: '',
  }
}

function causeOf(failure: Failure): unknown {
  if (failure.kind === 'stuck') return undefined
  return failure.kind === 'threw' ? failure.thrown : failure.request
}

function describe(failure: Failure): string {
  if (failure.kind === 'stuck') return 'The file awaits something that will never happen.'
  if (failure.kind === 'exited') return `The file asked to end the process: ${failure.request.message}.`
  const { thrown } = failure
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  return `The file threw while it was loaded: ${text}`
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
