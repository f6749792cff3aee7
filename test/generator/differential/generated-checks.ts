import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Validator } from '@wirepact/protocol'
import { fits, type JsonSchema as PlainSchema } from '@wirepact/protocol/validation'
import { build } from 'esbuild'
import { type ApiIr, emitApi, type JsonSchema, normalise } from 'wirepact/compiler'
import { removeEmitted, writeEmitted } from '../compile-emitted.js'

export interface GeneratedCheck {
  readonly check: (value: unknown) => boolean
  /** What the interpreter says, which gives the reasons for refusals. */
  readonly interpret: (value: unknown) => boolean
  readonly explain: Validator['explain']
}

/** The generated checks of JSON Schema documents, which all have to be accepted. */
export async function generateChecks(
  folderName: string,
  documents: readonly JsonSchema[],
): Promise<readonly GeneratedCheck[]> {
  const folder = await writeEmitted(folderName, await emitApi(toApi(documents)))
  try {
    const { validators, schemas } = await load(folder)
    return documents.map((_, index) => {
      const validator = validators[`case${index}`] as Validator
      return { ...validator, interpret: (value) => fits(schemas, `Case${index}`, value) }
    })
  } finally {
    await removeEmitted(folder)
  }
}

/** An API of nothing but these schemas. */
export function toApi(documents: readonly JsonSchema[]): ApiIr {
  const named = documents.map((document, index) => ({ name: `Case${index}`, document }))
  const taken = new Set(named.map(({ name }) => name))
  const schemas = named.flatMap(({ name, document }) => {
    const result = normalise(document, { name, taken })
    if (!result.ok) throw new Error(JSON.stringify(result.problems))
    for (const definition of result.definitions.keys()) taken.add(definition)
    const own = new Map([[name, result.schema], ...result.definitions])
    return [...own].map(([of, schema]) => ({ name: of, schema, route: null }))
  })
  return { title: 'Differential', version: '1.0.0', routes: [], contract: '0'.repeat(16), schemas }
}

interface Emitted {
  readonly validators: Readonly<Record<string, Validator>>
  readonly schemas: Readonly<Record<string, PlainSchema>>
}

async function load(folder: string): Promise<Emitted> {
  const contents = `
    export * as validators from './shared/validators.js'
    export { schemas } from './shared/schemas.js'
  `
  const outfile = join(folder, 'bundle.mjs')
  await build({
    stdin: { contents, resolveDir: folder, loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  })
  return import(/* @vite-ignore */ pathToFileURL(outfile).href)
}
