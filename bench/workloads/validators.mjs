import { pathToFileURL } from 'node:url'
import Ajv from 'ajv/dist/2020.js'
import standaloneCode from 'ajv/dist/standalone/index.js'
import addFormats from 'ajv-formats'
import { generateValidators } from '../../scripts/lib/conformance-generate.mjs'
import { examples, inWorkspace } from '../../scripts/lib/workspace.mjs'
import { importCode } from '../lib/import-code.mjs'
import { inTurn } from '../lib/measure.mjs'

const folders = [...examples, 'bench/api']

/**
 * Checks per second of a message that fits, ours and those of Ajv's standalone code, by the name of the type. What
 * cannot be compared, because no example of it can be made, is named.
 */
export async function measureValidators({ rounds, roundMs }) {
  const types = (await Promise.all(folders.map(readTypes))).flat()
  const ours = await generateValidators(
    types.map(({ schema }) => ({ schema })),
    { remotes: new Map(), formats: 'assert' },
  )
  const results = []
  for (const [index, type] of types.entries()) {
    const theirs = await compileAjv(type.schema)
    const { check } = ours[index]
    if (check === undefined || !check(type.example) || !theirs(type.example)) {
      results.push({ name: type.name, skipped: 'no example that fits could be made' })
    } else {
      results.push({
        name: type.name,
        ...race({ check, theirs, example: type.example }, { rounds, roundMs }),
      })
    }
  }
  return results
}

/** The message types of an API, each as one schema that stands alone, with an example. */
async function readTypes(folder) {
  const load = (path) => import(pathToFileURL(inWorkspace('generator/dist', path)).href)
  const [{ compile, loadApi }, { exampleOf }] = await Promise.all([
    load('compiler.js'),
    load('document/example.js'),
  ])
  const compiled = await compile(await loadApi(inWorkspace(folder, 'schema.ts')))
  if (!compiled.ok) throw new Error(`The schema of ${folder} does not compile.`)
  const { api } = compiled
  const schemas = new Map(api.schemas.map((schema) => [schema.name, schema]))
  const names = new Set(api.routes.flatMap(messageSchemas))
  return [...names]
    .map((name) => schemas.get(name))
    .filter((entry) => entry.content !== 'binary' && typeof entry.schema === 'object')
    .map(({ name, schema }) => ({
      name: `${folder.split('/').at(-1)}: ${name}`,
      schema: standAlone(schema, schemas),
      example: exampleOf(schema, schemas),
    }))
}

function messageSchemas(route) {
  const messages = [
    ...route.clientToServer,
    ...route.serverToClient,
    ...route.channels.flatMap((one) => one.messages),
  ]
  return messages
    .flatMap((message) => [message.data, message.input, message.output, message.item])
    .filter((name) => typeof name === 'string')
}

/** The schema with everything that it refers to within its own definitions. */
function standAlone(schema, schemas) {
  const $defs = {}
  const move = (value) => {
    if (Array.isArray(value)) return value.map(move)
    if (typeof value !== 'object' || value === null) return value
    const moved = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, move(inner)]))
    if (typeof value.$ref !== 'string') return moved
    const name = value.$ref.split('/').at(-1)
    if (!Object.hasOwn($defs, name)) {
      $defs[name] = true
      $defs[name] = move(schemas.get(name).schema)
    }
    return { ...moved, $ref: `#/$defs/${name}` }
  }
  const root = move(schema)
  return Object.keys($defs).length === 0 ? root : { ...root, $defs }
}

function compileAjv(schema) {
  const ajv = new Ajv({ code: { source: true, esm: true }, strict: false })
  addFormats(ajv)
  return importCode(standaloneCode(ajv, ajv.compile(schema)))
}

/** In turns, in short rounds. */
function race({ check, theirs, example }, { rounds, roundMs }) {
  const figures = { ours: [], theirs: [] }
  for (let round = -1; round < rounds; round++) {
    for (const [side, run] of inTurn({ ours: check, theirs }, round)) {
      const figure = perSecond(run, example, roundMs)
      if (round >= 0) figures[side].push(figure)
    }
  }
  return figures
}

function perSecond(check, example, roundMs) {
  let [count, accepted] = [0, 0]
  const start = performance.now()
  let end = start
  while (end - start < roundMs) {
    for (let index = 0; index < 1000; index++) if (check(example)) accepted++
    count += 1000
    end = performance.now()
  }
  if (accepted !== count) throw new Error('A check changed its mind.')
  return (count * 1000) / (end - start)
}
