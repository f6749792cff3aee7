import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from './cli-world.js'
import { createFolder, readText, routeSource } from './load-source.js'

const say = (rest: string) =>
  routeSource(`path: '/chat',
    clientToServer: { say: event({ data: Type.Object({ text: Type.String(${rest}) }) }) },`)

/** A folder that is a git repository, with its files committed. */
function createRepository(files: Readonly<Record<string, string>>): string {
  const folder = createFolder(files)
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' })
  git('init', '--quiet', '--initial-branch=main')
  git('add', '.')
  const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false']
  git(...author, 'commit', '--quiet', '--no-verify', '-m', 'First')
  return folder
}

test('diff compares with the last commit, and fails on what breaks', async () => {
  const folder = createRepository({ 'schema.ts': say('') })
  expect(await run(folder, ['diff'])).toMatchObject({ code: 0, out: 'Nothing has changed since HEAD.\n' })
  writeFileSync(join(folder, 'schema.ts'), say('{ minLength: 1 }'))
  expect(await run(folder, ['diff'])).toMatchObject({
    code: 1,
    err: '',
    out: `wire-breaking (1)

  routes.chat.clientToServer.say.data.text MIN_LENGTH_RAISED
    minLength is 1 now, and was 0. Old clients may send less.
    schema.ts:6:87

1 change (1 wire-breaking) since HEAD.
`,
  })
})

test('diff takes what the schema imports from the revision, too, and leaves nothing behind', async () => {
  const schema = routeSource(
    `path: '/chat', serverToClient: { said: event({ data: Line }) },`,
    `import { Line } from './parts/line.js'\n`,
  )
  const line = (type: string) =>
    `import { Type } from '@wirepact/schema'\nexport const Line = Type.Object({ text: Type.${type}() })\n`
  const folder = createRepository({
    'api/schema.ts': schema,
    'api/parts/line.ts': line('String'),
    'node_modules/none.txt': '',
  })
  writeFileSync(join(folder, 'api/parts/line.ts'), line('Integer'))
  const outcome = await run(folder, ['diff', '--schema', 'api/schema.ts', '--against', 'main'])
  expect(outcome.out).toContain('The type is integer now, and was string.')
  expect(outcome.out).toContain('api/parts/line.ts:2:')
  expect(readdirSync(join(folder, 'api')).sort()).toEqual(['parts', 'schema.ts'])
  const cache = join(folder, 'node_modules/.cache/wirepact')
  expect(existsSync(cache) ? readdirSync(cache) : []).toEqual([])
  const status = execFileSync('git', ['status', '--porcelain'], { cwd: folder, encoding: 'utf8' })
  expect(status).toBe(' M api/parts/line.ts\n')
})

test('diff follows the path aliases of a project, as they were at the revision', async () => {
  const schema = routeSource(
    `path: '/chat', serverToClient: { said: event({ data: Line }) },`,
    `import { Line } from '@parts/line'\n`,
  )
  const line = (type: string) =>
    `import { Type } from '@wirepact/schema'\nexport const Line = Type.Object({ text: Type.${type}() })\n`
  const aliases = (folder: string) =>
    JSON.stringify({ compilerOptions: { paths: { '@parts/*': [`./${folder}/*`] } } })
  const folder = createRepository({
    'schema.ts': schema,
    'parts/line.ts': line('String'),
    'tsconfig.json': aliases('parts'),
    'node_modules/none.txt': '',
  })
  writeFileSync(join(folder, 'tsconfig.json'), aliases('other'))
  mkdirSync(join(folder, 'other'))
  writeFileSync(join(folder, 'other/line.ts'), line('Integer'))
  const outcome = await run(folder, ['diff'])
  expect(outcome.err).toBe('')
  expect(outcome.out).toContain('The type is integer now, and was string.')
})

test('diff compares with another schema file, and with a snapshot of it', async () => {
  const folder = createFolder({ 'schema.ts': say('{ maxLength: 5 }'), 'old.ts': say('') })
  const exported = await run(folder, ['export', 'snapshot', '--schema', 'old.ts', '--output', 'out/old.json'])
  expect(exported).toMatchObject({ code: 0, out: 'Wrote out/old.json\n' })
  for (const against of ['old.ts', 'out/old.json']) {
    const { code, out } = await run(folder, ['diff', '--against', against])
    expect(code).toBe(1)
    expect(out).toContain('maxLength is 5 now, and was unlimited.')
  }
})

test('--fail-on says what ends with 1', async () => {
  const folder = createFolder({ 'schema.ts': say(''), 'old.ts': say('{ maxLength: 5 }') })
  const codes = ['breaking', 'any', 'none'].map(
    async (failOn) => (await run(folder, ['diff', '--against', 'old.ts', '--fail-on', failOn])).code,
  )
  expect(await Promise.all(codes)).toEqual([0, 1, 0])
  const back = await run(folder, [
    'diff',
    '--schema',
    'old.ts',
    '--against',
    'schema.ts',
    '--fail-on',
    'none',
  ])
  expect(back.code).toBe(0)
})

test('--format json is for programs', async () => {
  const folder = createFolder({ 'schema.ts': say('{ maxLength: 5 }'), 'old.ts': say('') })
  const { out } = await run(folder, ['diff', '--against', 'old.ts', '--format', 'json'], { colour: true })
  expect(JSON.parse(out)).toEqual({
    against: 'old.ts',
    contract: {
      before: expect.stringMatching(/^[0-9a-f]{16}$/),
      after: expect.stringMatching(/^[0-9a-f]{16}$/),
    },
    counts: { 'wire-breaking': 1, 'source-breaking': 0, compatible: 0 },
    changes: [
      {
        kind: 'MAX_LENGTH_LOWERED',
        class: 'wire-breaking',
        where: 'routes.chat.clientToServer.say.data.text',
        what: 'maxLength is 5 now, and was unlimited.',
        why: 'Old clients may send more.',
        file: 'schema.ts',
        line: 6,
        column: 87,
      },
    ],
  })
})

test('--format github writes annotations, in which nothing of the schema can begin a command of its own', async () => {
  const hostile = say(`{ pattern: '^a%0A\\n::error::x$' }`)
  const folder = createFolder({ 'schema.ts': hostile, 'old.ts': say('') })
  const { out } = await run(folder, ['diff', '--against', 'old.ts', '--format', 'github'])
  expect(out.split('\n')).toHaveLength(2)
  expect(out).toMatch(
    /^::error file=schema.ts,line=6,col=\d+,title=wire-breaking%3A PATTERN_ADDED::routes\.chat/,
  )
  expect(out).toContain('%250A')
})

test('what is gone is shown where it was', async () => {
  const source = (messages: string) => routeSource(`path: '/chat', clientToServer: { ${messages} },`)
  const folder = createFolder({ 'schema.ts': source(''), 'old.ts': source('say: event()') })
  const { out } = await run(folder, ['diff', '--against', 'old.ts', '--format', 'github'])
  expect(out).toMatch(/^::error file=schema.ts,line=5,col=\d+,title=wire-breaking%3A MESSAGE_REMOVED::/)
})

test('what stands in a router is shown where it is written, and every construct is compared', async () => {
  const source = (maxBytes: number, item: string, burst: number) => `
import { binary, defineApi, event, request, route, router, stream, Type } from '@wirepact/schema'
export default defineApi({ title: 'T', version: '1', routes: {
  admin: router({ prefix: '/admin', routes: {
    users: route({
      path: '/users',
      headers: Type.Object({ 'x-tenant': Type.String() }),
      clientToServer: {
        upload: event({ data: binary({ maxBytes: ${maxBytes} }), rateLimit: { perSecond: 1, burst: ${burst} } }),
        list: stream({ item: Type.${item}() }),
      },
      serverToClient: { confirm: request({ output: Type.${item}() }) },
    }),
  } }),
} })
`
  const folder = createFolder({ 'schema.ts': source(5, 'Integer', 3), 'old.ts': source(9, 'Number', 4) })
  const { out } = await run(folder, ['diff', '--against', 'old.ts', '--format', 'github'])
  expect(
    out
      .split('\n')
      .map((line) => line.replace(/^::(\w+) file=schema.ts,line=(\d+).*%3A (\w+)::.*/, '$1 $2 $3')),
  ).toEqual([
    'error 9 RATE_LIMIT_TIGHTENED',
    'error 9 MAX_BYTES_LOWERED',
    'error 12 TYPE_NARROWED',
    'notice 10 TYPE_NARROWED',
    '',
  ])
})

const wrong: readonly (readonly [args: readonly string[], message: string])[] = [
  [['--against', 'nowhere'], 'There is neither a file nor a revision nowhere.'],
  [['--against', '-x'], 'There is neither a file nor a revision -x.'],
  [['--format', 'jsno'], '--format cannot be "jsno". Did you mean json?'],
  [['--fail-on', 'everything'], '--fail-on cannot be "everything". It is one of breaking, any, none.'],
]

for (const [args, message] of wrong) {
  test(`"wirepact diff ${args.join(' ')}" is wrong use`, async () => {
    const outcome = await run(createRepository({ 'schema.ts': say('') }), ['diff', ...args])
    expect(outcome).toMatchObject({ code: 2, out: '' })
    expect(outcome.err.split('\n')[0]).toBe(message)
  })
}

test('a revision without the schema file, or with a broken one, cannot be compared with', async () => {
  const folder = createRepository({ 'other.ts': say(''), 'broken.ts': routeSource(`path: 'chat'`) })
  writeFileSync(join(folder, 'schema.ts'), say(''))
  expect(await run(folder, ['diff'])).toMatchObject({ code: 2, err: 'There is no file schema.ts at HEAD.\n' })
  writeFileSync(join(folder, 'broken.ts'), say(''))
  const broken = await run(folder, ['diff', '--schema', 'broken.ts'])
  expect(broken.code).toBe(2)
  expect(broken.err).toContain('HEAD:broken.ts:5:11 INVALID_PATH')
})

test('JSON that is no snapshot is refused', async () => {
  const folder = createFolder({ 'schema.ts': say(''), 'old.json': '{}' })
  const outcome = await run(folder, ['diff', '--against', 'old.json'])
  expect(outcome.code).toBe(2)
  expect(outcome.err).toMatch(/old\.json is no snapshot/)
})

test('export asyncapi goes to the standard output, or into a file', async () => {
  const folder = createFolder({ 'schema.ts': say('') })
  const printed = await run(folder, ['export', 'asyncapi'])
  expect(JSON.parse(printed.out)).toMatchObject({
    asyncapi: '3.1.0',
    operations: { 'chat.say': { action: 'receive' } },
  })
  const args = ['export', 'asyncapi', '--perspective', 'client', '--output', 'asyncapi.json']
  expect(await run(folder, args)).toMatchObject({ code: 0, out: 'Wrote asyncapi.json\n' })
  expect(JSON.parse(readText(folder, 'asyncapi.json'))).toMatchObject({
    operations: { 'chat.say': { action: 'send' } },
  })
})

test('export says what can be exported', async () => {
  const outcome = await run(createFolder({ 'schema.ts': say('') }), ['export', 'openapi'])
  expect(outcome).toMatchObject({ code: 2, out: '' })
  expect(outcome.err).toBe('What is to be exported? asyncapi or snapshot.\nSee `wirepact export --help`.\n')
})
