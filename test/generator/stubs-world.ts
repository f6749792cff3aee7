import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { emitApi } from 'wirepact/compiler'
import { type Outcome, run } from './cli-world.js'
import { createFolder, readText } from './load-source.js'

const fixtures = join(import.meta.dirname, 'stubs/fixtures')
const tsc = join(import.meta.dirname, '../../node_modules/typescript-7/bin/tsc')

/** The handlers that a person has edited, before and after the schema has got more messages. */
export const cases: readonly string[] = readdirSync(fixtures)

export function caseFile(name: string, file: string): string {
  return join(fixtures, name, file)
}

export function readCase(name: string, file: string): string {
  return readText(join(fixtures, name), file)
}

/** The schema of every case, with channels or without. */
export function schemaOf(channels = ''): string {
  return `import { channel, defineApi, event, request, route, stream, Type } from '@wirepact/schema'
const Name = Type.Object({ name: Type.String() })
export default defineApi({ title: 'T', version: '1', routes: { chat: route({
  path: '/chat',
  clientToServer: {
    say: event({ data: Type.Object({ text: Type.String() }) }),
    typing: event(),
    rename: request({ input: Name, output: Name, errors: { NAME_TAKEN: Type.Object({ suggestion: Type.String() }) } }),
    count: request({ output: Type.Integer(), description: 'How many there are.' }),
    transcript: stream({ input: Type.Object({ from: Type.Integer() }), item: Name, description: 'All of it:\\n\\n- from the start */\\n- to the end' }),
  },
  serverToClient: { notice: event({ data: Type.Object({ text: Type.String() }) }) },
  channels: { ${channels} },
}) } })
`
}

const guarded = `vip: channel({ name: 'vip', messages: {}, join: 'guarded' }),
  staff: channel({ name: 'staff', messages: {}, join: 'guarded' })`

/** A folder with a schema, a configuration and these files. Cases about guards have two guarded channels. */
export function prepare(files: Readonly<Record<string, string>>, name = ''): string {
  return createFolder({
    'package.json': '{ "type": "module" }',
    'schema.ts': schemaOf(name.startsWith('guards') ? guarded : ''),
    'wirepact.config.ts': `export default { handlers: './handlers' }`,
    ...files,
  })
}

const real = {
  loadEmitter: () =>
    Promise.resolve(async (api: Parameters<typeof emitApi>[0]) => ({
      files: await emitApi(api),
      kept: [],
      hashes: {},
    })),
}

/** Runs `wirepact generate` with the emitter that people have. */
export function generate(folder: string, ...args: readonly string[]): Promise<Outcome> {
  return run(folder, ['generate', ...args], real)
}

/** What the compiler says in strict mode; empty when it is content. */
export function compile(folder: string, files: readonly string[]): string {
  const options = ['--ignoreConfig', '--noEmit', '--strict', '--noUnusedParameters', '--noImplicitReturns']
  const modules = ['--module', 'nodenext', '--target', 'es2023', '--verbatimModuleSyntax', '--types', 'node']
  const args = [tsc, ...options, ...modules, ...files]
  return spawnSync(process.execPath, args, { encoding: 'utf8', cwd: folder }).stdout
}
