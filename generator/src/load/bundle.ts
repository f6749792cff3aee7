import { dirname, resolve } from 'node:path'
import type { BuildFailure, BuildResult, Message } from 'esbuild'
import type { Diagnostic } from '../diagnose/diagnostic.js'
import { packagesPlugin } from './packages-plugin.js'
import { isFileName, placePlugin } from './place-plugin.js'

/** A TypeScript file with all that it imports from its own project, as one module. */
export interface Bundle {
  readonly code: string
  /** The source map, as JSON text. */
  readonly map: string
  /** The files that it was made of, absolute and sorted. */
  readonly inputs: readonly string[]
  /** Keys that an object literal has twice: all that remains of them after the file was run is the last. */
  readonly duplicateKeys: readonly Diagnostic[]
}

/** The bundle of `file`, or why it cannot be made. Nothing is written. */
export async function bundle(file: string): Promise<Bundle | readonly Diagnostic[]> {
  const { build } = await import('esbuild')
  const folder = dirname(file)
  try {
    const result = await build({
      entryPoints: [file],
      absWorkingDir: folder,
      outfile: `${file}.mjs`,
      bundle: true,
      plugins: [placePlugin(), packagesPlugin(file)],
      conditions: [],
      format: 'esm',
      platform: 'node',
      target: 'node20',
      sourcemap: 'external',
      metafile: true,
      write: false,
      logLevel: 'silent',
    })
    return toBundle(result, folder)
  } catch (failure) {
    if (!isBuildFailure(failure)) throw failure
    return failure.errors.map((message) => toDiagnostic(message, 'SYNTAX_ERROR', folder))
  }
}

function toBundle(result: BuildResult<{ write: false; metafile: true }>, folder: string): Bundle {
  const text = (end: string) => result.outputFiles.find((output) => output.path.endsWith(end))?.text ?? ''
  const duplicates = result.warnings.filter((warning) => warning.id === 'duplicate-object-key')
  return {
    code: text('.mjs'),
    map: text('.map'),
    inputs: Object.keys(result.metafile.inputs)
      .filter(isFileName)
      .map((input) => resolve(folder, input))
      .sort(),
    duplicateKeys: duplicates.map((message) => toDiagnostic(message, 'DUPLICATE_KEY', folder)),
  }
}

function toDiagnostic(message: Message, code: string, folder: string): Diagnostic {
  const place = message.location
  const cannotResolve = /^Could not resolve/.test(message.text)
  return {
    code: cannotResolve ? 'UNRESOLVED_IMPORT' : code,
    message: message.text.endsWith('.') ? message.text : `${message.text}.`,
    path: '',
    ...(place !== null && {
      site: { file: resolve(folder, place.file), line: place.line, column: place.column + 1 },
    }),
  }
}

function isBuildFailure(thrown: unknown): thrown is BuildFailure {
  return thrown instanceof Error && 'errors' in thrown && Array.isArray(thrown.errors)
}
