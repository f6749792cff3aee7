import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inWorkspace } from './workspace.mjs'

/**
 * The generated validators of a file's groups: for each group what checks its schema, or why it was refused.
 * `formats` says whether `format` is checked or an annotation.
 */
export async function generateValidators(groups, { remotes, formats }) {
  const compiler = await import(pathToFileURL(inWorkspace('generator/dist/compiler.js')).href)
  const taken = new Set(groups.map((_, index) => `Group${index}`))
  const prepared = groups.map(({ schema }, index) => {
    const result = compiler.normalise(schema, { remotes, formats, taken, name: `Group${index}` })
    for (const name of result.definitions?.keys() ?? []) taken.add(name)
    return result
  })
  const results = prepared.map((result) => (result.ok ? undefined : { refused: wordsOf(result.problems) }))
  const emitted = await emitAccepted(compiler, prepared, results)
  const modules = emitted === undefined ? undefined : await load(emitted)
  return results.map((result, index) => result ?? checksOf(modules, `Group${index}`))
}

function wordsOf(problems) {
  return problems.map(({ code, message, path }) => `${code} at /${path.join('/')}: ${message}`).join(' ')
}

/** Emits all groups at once; where that is refused, finds out which ones are to blame and leaves them out. */
async function emitAccepted(compiler, prepared, results) {
  const accepted = () => prepared.map((_, index) => index).filter((index) => results[index] === undefined)
  try {
    return await compiler.emitApi(apiOf(prepared, accepted()))
  } catch {
    for (const index of accepted()) {
      const refused = await refusal(compiler, apiOf(prepared, [index]))
      if (refused !== undefined) results[index] = { refused }
    }
  }
  return accepted().length === 0 ? undefined : compiler.emitApi(apiOf(prepared, accepted()))
}

async function refusal(compiler, api) {
  try {
    await compiler.emitApi(api)
    return undefined
  } catch (error) {
    return error.message
  }
}

/** An API of nothing but schemas. */
function apiOf(prepared, indexes) {
  const schemas = indexes.flatMap((index) => {
    const { schema, definitions } = prepared[index]
    return [...new Map([[`Group${index}`, schema], ...definitions])]
  })
  const named = schemas.map(([name, schema]) => ({ name, schema, route: null }))
  return { title: 'Suite', version: '1.0.0', routes: [], schemas: named, contract: '0'.repeat(16) }
}

function checksOf({ validators, schemas, fits }, name) {
  const validator = validators[name[0].toLowerCase() + name.slice(1)]
  return {
    check: validator.check,
    explain: validator.explain,
    fits: (value) => fits(schemas, name, value),
  }
}

const entry = `
export * as validators from './shared/validators.js'
export { schemas } from './shared/schemas.js'
export { fits } from '@wirepact/protocol/validation'
`

/** Bundles what was emitted with the functions that it calls, and imports it. */
async function load(files) {
  const { build } = await import('esbuild')
  const folder = await mkdtemp(join(tmpdir(), 'wirepact-conformance-'))
  const outfile = join(folder, 'validators.mjs')
  const stdin = { contents: entry, resolveDir: inWorkspace('test'), sourcefile: 'entry.ts' }
  const options = { stdin, outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20' }
  try {
    await build({ ...options, logLevel: 'warning', plugins: [fromMemory(files)] })
    return await import(pathToFileURL(outfile).href)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Lets esbuild find the emitted files, which are never written. */
function fromMemory(files) {
  const namespace = 'emitted'
  return {
    name: namespace,
    setup(build) {
      build.onResolve({ filter: /^\.\.?\// }, ({ path, importer, namespace: from }) => {
        const folder = from === namespace ? dirname(importer) : '.'
        const target = posix.join(folder, path).replace(/\.js$/, '.ts')
        return files.has(target) ? { path: target, namespace } : undefined
      })
      build.onLoad({ filter: /.*/, namespace }, ({ path }) => {
        return { contents: files.get(path), loader: 'ts', resolveDir: inWorkspace('test') }
      })
    },
  }
}
