import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { CallSite } from '@wirepact/schema'
import type { Diagnostic } from '../diagnose/diagnostic.js'
import { type Bundle, bundle } from './bundle.js'
import { type Run, runBundle } from './run-bundle.js'
import { describeThrown, innermostOwn, placesIn } from './thrown.js'
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

export interface LoadOptions {
  /** How long the file may run, and wait, until it is given up. Default 60 seconds. */
  readonly maxRunMs?: number
}

const defaults = { maxRunMs: 60_000 }

/** Compiles and runs a TypeScript file of the user's. Never throws for what is wrong with the file. */
export async function loadModule(
  path: string,
  { maxRunMs = defaults.maxRunMs }: LoadOptions = {},
): Promise<Loaded<LoadedModule>> {
  const file = resolve(path)
  if (!isFile(file)) return refuse([missing(file)], [])
  const built = await bundle(file)
  if (!('code' in built)) return refuse(built, [file])
  const { ranAs, outcome } = await runBundle(built.code, file, maxRunMs)
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
  return {
    code: failure.kind === 'late' ? 'LOAD_TIMEOUT' : 'LOAD_FAILED',
    message: describe(failure),
    site: innermostOwn(placesOf(failure), trace) ?? { file, line: 1, column: 1 },
    path: '',
  }
}

function placesOf(failure: Failure): readonly CallSite[] {
  if (failure.kind === 'late') return failure.calls
  if (failure.kind === 'stuck') return []
  return placesIn(failure.kind === 'threw' ? failure.thrown : failure.request)
}

function describe(failure: Failure): string {
  if (failure.kind === 'stuck') return 'The file awaits something that will never happen.'
  if (failure.kind === 'late') return describeLate(failure.maxMs, failure.calls.length > 0)
  if (failure.kind === 'exited') return `The file asked to end the process: ${failure.request.message}.`
  return `The file threw while it was loaded: ${describeThrown(failure.thrown)}`
}

function describeLate(maxMs: number, wasRunning: boolean): string {
  const end = wasRunning
    ? 'it still ran here, as a loop without an end does.'
    : 'it awaits something that does not happen.'
  return `The file was not loaded within ${maxMs} ms: ${end}`
}
