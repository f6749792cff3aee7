import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { needNode, runNode, say, TaskFailure } from '../task.mjs'
import { inWorkspace, tools } from '../workspace.mjs'
import { describeApi, toInferredHandlers, toSchemaFile, toUse } from './api.mjs'
import { median, prepareFolder } from './workspace.mjs'

const times = 5

const compilerOptions = {
  strict: true,
  module: 'nodenext',
  moduleResolution: 'nodenext',
  target: 'es2022',
  lib: ['es2023', 'dom'],
  types: ['node'],
  skipLibCheck: true,
}

/**
 * How long the compiler checks what the generator writes for `count` message types, with handlers that use it, and
 * how long it checks the same handlers when their types are inferred from the schemas. The surface is what code can
 * name, of both sides. The whole has what is only run too: the checks, the schemas and the routes' definitions.
 */
export async function measureTypes(count) {
  const folder = await prepareProjects(count)
  say(`Checking ${count} message types, ${times} times each`)
  const inferred = await check(folder, 'inferred')
  report('inferred by Static', inferred)
  const ratio = ({ ms }) => `, ${(ms / inferred.ms).toFixed(3)} of it`
  const whole = await check(folder, 'whole')
  report('generated, the whole', whole, ratio(whole))
  await declareBodies(folder)
  const surface = await check(folder, 'surface')
  report('generated, the surface', surface, `${ratio(surface)} (at most 0.15)`)
}

async function prepareProjects(count) {
  const api = describeApi(count)
  const fromGenerated = Object.assign((route) => `./generated/${route}/server.js`, { hasContext: true })
  const folder = await prepareFolder('types', {
    'package.json': '{ "type": "module" }',
    'schema.ts': toSchemaFile(api),
    'generated.ts': toUse(api, fromGenerated),
    'inferred.ts': toUse(api, () => './api.js'),
    'api.ts': toInferredHandlers(api),
    'tsconfig.whole.json': project(['generated.ts', 'generated/**/*.ts']),
    'tsconfig.surface.json': project(['generated.ts', 'generated/**/*.ts']),
    'tsconfig.inferred.json': project(['inferred.ts']),
    'tsconfig.bodies.json': project(['generated/*/validators.ts'], {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
    }),
  })
  await needNode(tools.wirepact, ['generate'], { what: 'wirepact generate', cwd: folder })
  return folder
}

function project(include, options = { noEmit: true }) {
  return JSON.stringify({ compilerOptions: { ...compilerOptions, ...options }, include })
}

/** Puts declarations in the place of what is only run. */
async function declareBodies(folder) {
  await needNode(tools.tsc, ['-p', 'tsconfig.bodies.json'], {
    what: 'The declarations of the checks',
    cwd: folder,
  })
  for (const route of await readdir(join(folder, 'generated'), { withFileTypes: true })) {
    if (!route.isDirectory()) continue
    const path = (file) => join(folder, 'generated', route.name, file)
    for (const file of ['validators.ts', 'schemas.ts']) await rm(path(file))
    for (const file of ['server.ts', 'client.ts']) {
      const text = await readFile(path(file), 'utf8')
      await writeFile(
        path(file),
        text.replace(/^export const (\w+: RouteDefinition) = [\s\S]*/m, 'export declare const $1\n'),
      )
    }
  }
}

function report(what, { ms, instantiations }, ratio = '') {
  const counted = instantiations.toLocaleString('en').padStart(9)
  console.log(`  ${what.padEnd(24)} ${ms.toFixed(0).padStart(6)} ms ${counted} instantiations${ratio}`)
}

/** Processor time that the compiler spends with types, in a process of its own each time. */
async function check(folder, name) {
  const script = inWorkspace('scripts/lib/measure/check-types.mjs')
  const taken = []
  let instantiations = 0
  for (let round = 0; round < times; round++) {
    const { output } = await runNode(script, [join(folder, `tsconfig.${name}.json`)])
    const result = JSON.parse(output)
    if (result.problems !== '') throw new TaskFailure(result.problems)
    taken.push(result.ms)
    instantiations = result.instantiations
  }
  return { ms: median(taken), instantiations }
}
