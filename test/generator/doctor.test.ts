import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { World } from 'wirepact/compiler'
import { type Outcome, run } from './cli-world.js'
import { createFolder, readText, routeSource } from './load-source.js'

const installed = { version: '0.1.0' }
const schema = routeSource(`path: '/', clientToServer: { say: event() }`)
const strict = JSON.stringify({ compilerOptions: { strict: true, module: 'nodenext' } })

/** A project in which nothing is wrong. */
async function createProject(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = createFolder({
    'schema.ts': schema,
    'wirepact.config.ts': `export default { handlers: './handlers' }`,
    'tsconfig.json': strict,
    'package.json': '{ "type": "module" }',
    ...files,
  })
  await run(folder, ['generate'], installed)
  return folder
}

function doctor(folder: string, more: Partial<World> = {}): Promise<Outcome> {
  return run(folder, ['doctor'], { ...installed, ...more })
}

/** The lines about what is not as it should be, with their advice. */
async function complaints(folder: string, more: Partial<World> = {}): Promise<string> {
  const { out } = await doctor(folder, more)
  return out.replace(/^ok .*\n/gm, '').replace(/\n.*fine\.\n$/, '')
}

test('a project in which nothing is wrong passes, and nothing is written', async () => {
  const folder = await createProject()
  const before = readdirSync(folder, { recursive: true })
  const outcome = await doctor(folder)
  expect(outcome).toMatchObject({ code: 0, err: '' })
  expect(outcome.out).toBe(`ok    Node 20.19.0
ok    WebSocket for clients in Node: ws ${versionOf('ws')}
ok    SQLite: @photostructure/sqlite ${versionOf('@photostructure/sqlite')}
ok    Packages: 5 of version 0.1.0
ok    Configuration: wirepact.config.ts
ok    Schema: 1 route, no problems
ok    Generated code: 1 file up to date
ok    Handlers: complete
ok    tsconfig.json: strict, and finds packages by their exports

0 failed, 0 warned, 9 fine.
`)
  expect(readdirSync(folder, { recursive: true })).toEqual(before)
})

function versionOf(name: string): string {
  return JSON.parse(readText(join(import.meta.dirname, '../../node_modules', name), 'package.json')).version
}

test('a Node that is too old fails, and a newer one brings what packages bring to an older one', async () => {
  const folder = await createProject()
  expect(await doctor(folder, { nodeVersion: '20.18.9' })).toMatchObject({ code: 1 })
  expect(await complaints(folder, { nodeVersion: '18.20.1' })).toBe(
    'fail  Node 18.20.1 is too old\n      Install Node 20.19.0 or newer.\n',
  )
  const { out } = await doctor(folder, { nodeVersion: '22.13.1' })
  expect(out).toContain('ok    WebSocket for clients in Node: Node 22.13.1 has it\n')
  expect(out).toContain('ok    SQLite: Node 22.13.1 has it\n')
})

test('what is not installed is named with the command that installs it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirepact-doctor-'))
  try {
    writeFileSync(join(folder, 'schema.ts'), schema)
    const said = await complaints(folder)
    expect(said).toContain(
      'warn  WebSocket for clients in Node: there is none\n      If a client runs in Node: npm install ws\n',
    )
    expect(said).toContain('warn  SQLite: there is none\n')
    expect(said).toContain(
      'fail  @wirepact/schema is not installed: the schema file imports it\n      npm install --save-dev @wirepact/schema\n',
    )
    expect(said).toContain('fail  @wirepact/protocol is not installed: generated code imports it\n')
    expect(said).toContain('warn  @wirepact/runtime is not installed: only a server needs it\n')
    expect(said).toMatch(/fail {2}The schema has a problem: schema\.ts:\d+ /)
    expect(said).toContain('warn  There is no tsconfig.json\n')
    expect((await doctor(folder)).code).toBe(1)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('packages of different versions fail, and copies of the schema language are warned of', async () => {
  const manifest = (version: string) => JSON.stringify({ name: 'x', version })
  const folder = await createProject({
    'node_modules/@wirepact/runtime/package.json': manifest('0.2.0'),
    'node_modules/shared-schemas/node_modules/@wirepact/schema/package.json': manifest('0.1.0'),
  })
  const said = await complaints(folder)
  expect(said).toContain(`fail  @wirepact/runtime is 0.2.0, and the generator is 0.1.0
      Use one version of all: npm install @wirepact/runtime@0.1.0
`)
  expect(said).toContain('warn  @wirepact/schema is installed 2 times: ')
})

const projects: readonly (readonly [what: string, files: Readonly<Record<string, string>>, said: string])[] =
  [
    [
      'a configuration with a mistake',
      { 'wirepact.config.ts': `export default {\n  shcema: './schema.ts',\n}` },
      'fail  The configuration has a problem: wirepact.config.ts:2 UNKNOWN_OPTION The configuration has no option "shcema".\n      npx wirepact generate shows all of them.\n',
    ],
    [
      'a schema with problems',
      { 'schema.ts': routeSource(`path: 'x', clientToServer: { 'a b': event() }`) },
      'fail  The schema has 2 problems: schema.ts:5 INVALID_PATH The path "x" does not start with a slash.\n      npx wirepact generate shows all of them.\n',
    ],
    [
      'generated code that is out of date',
      { 'schema.ts': schema.replace(`path: '/'`, `path: '/other'`) },
      'fail  Generated code: 1 file out of date\n      npx wirepact generate\n',
    ],
    [
      'a handler that is missing',
      { 'handlers/chat.ts': `export const chat = {\n}\n` },
      'fail  Handlers: handlers/chat.ts lacks say\n      npx wirepact generate adds what is missing.\n',
    ],
    [
      'a handler that nothing calls',
      { 'handlers/chat.ts': `export const chat = {\n  say() {},\n  gone() {},\n}\n` },
      'warn  Handlers: handlers/chat.ts:3 The route `chat` has no message `gone` any more: nothing calls this handler.\n      See there.\n',
    ],
    [
      'a compiler that is not strict',
      { 'tsconfig.json': '{ "compilerOptions": { "module": "preserve", "moduleResolution": "bundler" } }' },
      'warn  FOLDER/tsconfig.json: "strict" is off, so wrong handlers may compile\n      Set "strict" to true.\n',
    ],
    [
      'a package of CommonJS, which npm init writes,',
      { 'package.json': '{ "type": "commonjs" }' },
      'warn  FOLDER/package.json: "type" is not "module", so the code is CommonJS\n      Set "type" to "module".\n',
    ],
    [
      'no kind of module where a bundler decides, of which nothing',
      {
        'package.json': '{}',
        'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "preserve" } }',
      },
      '',
    ],
    [
      'a compiler that does not find packages by their exports, by what another file says',
      {
        'tsconfig.json': '{ "extends": "./base.json" /* shared */ }',
        'base.json':
          '{ "compilerOptions": { "strict": true, "module": "commonjs", "moduleResolution": "node", "target": "es5" } }',
      },
      'fail  FOLDER/tsconfig.json: "moduleResolution" does not know the exports of packages\n      Set "module" to "nodenext", or, with a bundler, "moduleResolution" to "bundler".\nwarn  FOLDER/tsconfig.json: "target" is older than es2018\n      Set "target" to "es2022" or newer.\n',
    ],
  ]

for (const [what, files, said] of projects) {
  test(`${what} is found`, async () => {
    const folder = await createProject()
    for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text)
    expect((await complaints(folder)).replaceAll(folder, 'FOLDER')).toBe(said)
    expect((await doctor(folder)).code).toBe(said.startsWith('fail') ? 1 : 0)
  })
}
