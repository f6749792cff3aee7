import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { World } from 'wirepact/compiler'
import { emitting, run } from './cli-world.js'
import { apiSource, createFolder, readText } from './load-source.js'

/** The source of an API with these routes, each at the path of its name. */
function withRoutes(...names: readonly string[]): string {
  const routes = names.map((name) => `${name}: route({ path: '/${name}' })`).join(', ')
  return apiSource(`export default defineApi({ title: 'T', version: '1', routes: { ${routes} } })`)
}

test('files and a manifest without times are written', async () => {
  const folder = createFolder({ 'schema.ts': withRoutes('a', 'b') })
  expect(await run(folder, ['generate'])).toMatchObject({
    code: 0,
    out: 'generated: 2 written, 0 unchanged, 0 removed (0 ms)\n',
    err: '',
  })
  expect(readText(folder, 'generated/a/types.ts')).toBe('// /a\n')
  const manifest = JSON.parse(readText(folder, 'generated/manifest.json'))
  expect(Object.keys(manifest)).toEqual(['contract', 'files', 'generator', 'inputs'])
  expect(manifest).toMatchObject({ generator: '1.2.3', contract: expect.stringMatching(/^[0-9a-f]{16}$/) })
  expect(Object.keys(manifest.files)).toEqual(['a/types.ts', 'b/types.ts'])
})

test('a second run changes no file, and does not even load the emitter', async () => {
  const folder = createFolder({ 'schema.ts': withRoutes('a') })
  await run(folder, ['generate'])
  const file = join(folder, 'generated/a/types.ts')
  const before = [statSync(file).ino, readText(folder, 'generated/manifest.json')]
  const second = await run(folder, ['generate'])
  expect(second).toMatchObject({ code: 0, emitted: 0 })
  expect(second.out).toContain('0 written, 1 unchanged')
  expect([statSync(file).ino, readText(folder, 'generated/manifest.json')]).toEqual(before)
})

test('a generator that is being worked on emits anew, and still writes only what changed', async () => {
  const folder = createFolder({ 'schema.ts': withRoutes('a', 'b') })
  await run(folder, ['generate'])
  const inode = statSync(join(folder, 'generated/a/types.ts')).ino
  const files = { 'a/types.ts': '// /a\n', 'b/types.ts': '// other\n' }
  const second = await run(folder, ['generate'], {
    mayReuse: false,
    build: () => 'two',
    ...emitting(() => files),
  })
  expect(second).toMatchObject({ emitted: 1 })
  expect(second.out).toContain('1 written, 1 unchanged')
  expect(statSync(join(folder, 'generated/a/types.ts')).ino).toBe(inode)
})

test('documentation that changed is emitted although the contract is the same', async () => {
  const folder = createFolder({ 'schema.ts': withRoutes('a') })
  await run(folder, ['generate'])
  writeFileSync(join(folder, 'schema.ts'), withRoutes('a').replace(`'/a'`, `'/a', description: 'd'`))
  expect(await run(folder, ['generate'])).toMatchObject({ emitted: 1 })
})

test('a generated file that was edited or deleted is written again', async () => {
  const folder = createFolder({ 'schema.ts': withRoutes('a', 'b') })
  await run(folder, ['generate'])
  writeFileSync(join(folder, 'generated/a/types.ts'), 'edited')
  rmSync(join(folder, 'generated/b/types.ts'))
  expect((await run(folder, ['generate'])).out).toContain('2 written')
  expect(readText(folder, 'generated/a/types.ts')).toBe('// /a\n')
  expect(readText(folder, 'generated/b/types.ts')).toBe('// /b\n')
})

test('files of a route that is gone are removed, with their folder', async () => {
  const folder = createFolder({ 'schema.ts': withRoutes('a', 'b') })
  await run(folder, ['generate'])
  writeFileSync(join(folder, 'schema.ts'), withRoutes('a'))
  expect((await run(folder, ['generate'])).out).toContain('1 removed')
  expect(existsSync(join(folder, 'generated/b'))).toBe(false)
})

test('a file that is not needed any more but was edited stays, and so does one that wirepact never wrote', async () => {
  const folder = createFolder({ 'schema.ts': withRoutes('a', 'b'), 'generated/note.txt': 'mine' })
  await run(folder, ['generate'])
  writeFileSync(join(folder, 'generated/b/types.ts'), 'edited')
  writeFileSync(join(folder, 'schema.ts'), withRoutes('a'))
  const outcome = await run(folder, ['generate'])
  expect(outcome).toMatchObject({
    code: 0,
    err: expect.stringContaining('generated/b/types.ts is not needed'),
  })
  expect(readText(folder, 'generated/b/types.ts')).toBe('edited')
  expect(readText(folder, 'generated/note.txt')).toBe('mine')
})

test('a file of somebody else at a place that is needed is refused, and nothing is written', async () => {
  const folder = createFolder({ 'schema.ts': withRoutes('a', 'b'), 'generated/b/types.ts': 'mine' })
  const outcome = await run(folder, ['generate'])
  expect(outcome.code).toBe(1)
  expect(outcome.err).toContain('FOREIGN_FILE')
  expect(outcome.err).toContain('generated/b/types.ts was not written by wirepact')
  expect(readdirSync(join(folder, 'generated'), { recursive: true }).sort()).toEqual(['b', 'b/types.ts'])
  expect(readText(folder, 'generated/b/types.ts')).toBe('mine')
})

test('a manifest of somebody else is refused', async () => {
  const folder = createFolder({
    'schema.ts': withRoutes('a'),
    'generated/manifest.json': '{"name":"my app"}',
  })
  expect(await run(folder, ['generate'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('FOREIGN_FILE'),
  })
  expect(readText(folder, 'generated/manifest.json')).toBe('{"name":"my app"}')
})

for (const path of [
  '../escaped.ts',
  '/tmp/escaped.ts',
  'a/../../escaped.ts',
  'a\\..\\b.ts',
  '',
  'manifest.json',
]) {
  test(`a file at ${JSON.stringify(path)} is refused, and nothing is written`, async () => {
    const folder = createFolder({ 'schema.ts': withRoutes('a') })
    const outcome = await run(
      folder,
      ['generate'],
      emitting(() => ({ 'fine.ts': '1', [path]: '2' })),
    )
    expect(outcome).toMatchObject({ code: 1, err: expect.stringContaining('OUTSIDE_OUTPUT') })
    expect(existsSync(join(folder, 'escaped.ts'))).toBe(false)
    expect(existsSync(join(folder, 'generated'))).toBe(false)
  })
}

test('a symbolic link inside of the output folder is not followed', async () => {
  const folder = createFolder({ 'schema.ts': withRoutes('a'), 'elsewhere/types.ts': 'mine' })
  mkdirSync(join(folder, 'generated'))
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'generated/a'))
  expect(await run(folder, ['generate'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('OUTSIDE_OUTPUT'),
  })
  expect(readText(folder, 'elsewhere/types.ts')).toBe('mine')
})

test('links in the place of files, of the manifest and of the lock are not written through', async () => {
  for (const [link, problem] of [
    ['a/types.ts', 'OUTSIDE_OUTPUT'],
    ['manifest.json', 'FOREIGN_FILE'],
  ] as const) {
    const folder = createFolder({
      'schema.ts': withRoutes('a'),
      'precious.txt': 'mine',
      'generated/a/.keep': '',
    })
    symlinkSync(join(folder, 'precious.txt'), join(folder, 'generated', link))
    expect(await run(folder, ['generate'])).toMatchObject({ code: 1, err: expect.stringContaining(problem) })
    expect(readText(folder, 'precious.txt')).toBe('mine')
  }
  const folder = createFolder({
    'schema.ts': withRoutes('a'),
    'precious.txt': 'mine',
    'generated/a/.keep': '',
  })
  utimesSync(join(folder, 'precious.txt'), 0, 0)
  for (const name of ['.wirepact-lock', '.manifest.json.wirepact-tmp', 'a/.types.ts.wirepact-tmp']) {
    symlinkSync(join(folder, 'precious.txt'), join(folder, 'generated', name))
  }
  expect(await run(folder, ['generate'])).toMatchObject({ code: 0 })
  expect(readText(folder, 'precious.txt')).toBe('mine')
  expect(lstatSync(join(folder, 'generated/a/types.ts')).isFile()).toBe(true)
})

test('a manifest that was tampered with makes nothing outside of the folder go away', async () => {
  const folder = createFolder({ 'schema.ts': withRoutes('a'), 'precious.txt': 'x' })
  await run(folder, ['generate'])
  const manifest = JSON.parse(readText(folder, 'generated/manifest.json'))
  const hash = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881'
  const files = { ...manifest.files, '../precious.txt': hash }
  writeFileSync(join(folder, 'generated/manifest.json'), JSON.stringify({ ...manifest, files }))
  expect(await run(folder, ['generate'])).toMatchObject({ code: 0 })
  expect(readText(folder, 'precious.txt')).toBe('x')
})

test('nothing is written when the schema has problems', async () => {
  const folder = createFolder({ 'schema.ts': withRoutes('a') })
  await run(folder, ['generate'])
  const before = readText(folder, 'generated/manifest.json')
  writeFileSync(join(folder, 'schema.ts'), withRoutes('b').replace(`'/b'`, `'b'`))
  expect(await run(folder, ['generate'])).toMatchObject({ code: 1, emitted: 0, out: '' })
  expect(readText(folder, 'generated/manifest.json')).toBe(before)
  expect(lstatSync(join(folder, 'generated/a/types.ts')).isFile()).toBe(true)
})

test('--check lists what is missing, stale and extra, and writes nothing', async () => {
  const folder = createFolder({ 'schema.ts': withRoutes('a', 'b', 'c') })
  await run(folder, ['generate'])
  expect(await run(folder, ['generate', '--check'])).toMatchObject({
    code: 0,
    out: '3 files up to date.\n',
    emitted: 0,
  })
  writeFileSync(join(folder, 'generated/a/types.ts'), 'edited')
  rmSync(join(folder, 'generated/b/types.ts'))
  writeFileSync(join(folder, 'schema.ts'), withRoutes('a', 'b'))
  const outcome = await run(folder, ['generate', '--check'])
  expect(outcome).toMatchObject({ code: 1, out: '' })
  expect(outcome.err).toBe(
    [
      'missing  generated/b/types.ts',
      'stale    generated/a/types.ts',
      'extra    generated/c/types.ts',
      '3 files out of date. Run `wirepact generate`.\n',
    ].join('\n'),
  )
  expect(readText(folder, 'generated/a/types.ts')).toBe('edited')
  expect(existsSync(join(folder, 'generated/b/types.ts'))).toBe(false)
})

test('line ends that a checkout changed are not a difference', async () => {
  const folder = createFolder({ 'schema.ts': withRoutes('a') })
  await run(folder, ['generate'])
  writeFileSync(join(folder, 'generated/a/types.ts'), '// /a\r\n')
  expect(await run(folder, ['generate', '--check'], { mayReuse: false, build: () => 'two' })).toMatchObject({
    code: 0,
  })
})

test('files that a checkout put there are not taken for those of the last run', async () => {
  // An emitter that keeps what has the same hash, as the real one does.
  const loadEmitter: World['loadEmitter'] = () =>
    Promise.resolve((api, previous = {}) => {
      const routes = api.routes.map(({ name, description = '' }) => [name, description] as const)
      const changed = routes.filter(([name, text]) => previous[name] !== text)
      const kept = routes.filter((route) => !changed.includes(route))
      return Promise.resolve({
        files: new Map(changed.map(([name, text]) => [`${name}/types.ts`, text])),
        kept: kept.map(([name]) => `${name}/types.ts`),
        hashes: Object.fromEntries(routes),
      })
    })
  const described = (text: string) => withRoutes('a', 'b').replace(`'/a'`, `'/a', description: '${text}'`)
  const folder = createFolder({ 'schema.ts': described('old') })
  await run(folder, ['generate'], { loadEmitter })
  const old = ['a/types.ts', 'manifest.json'].map(
    (path) => [path, readText(folder, `generated/${path}`)] as const,
  )
  writeFileSync(join(folder, 'schema.ts'), described('new'))
  expect((await run(folder, ['generate'], { loadEmitter })).out).toContain('1 written, 1 unchanged')
  for (const [path, text] of old) writeFileSync(join(folder, 'generated', path), text)
  expect((await run(folder, ['generate'], { loadEmitter })).out).toContain('1 written, 1 unchanged')
  expect(readText(folder, 'generated/a/types.ts')).toBe('new')
})

test('a schema that looks at the world around it is run every time', async () => {
  const folder = createFolder({
    'schema.ts': withRoutes('a').replace(`'/a'`, `'/a', description: String(process.env.WIREPACT_TEST)`),
  })
  await run(folder, ['generate'])
  process.env.WIREPACT_TEST = 'other'
  expect(await run(folder, ['generate'])).toMatchObject({ emitted: 1 })
  delete process.env.WIREPACT_TEST
})

test('a change in what the schema imports, or in what its imports lead to, is noticed', async () => {
  const part = (path: string) =>
    `import { route } from '@wirepact/schema'\nexport const a = route({ path: '${path}' })\n`
  const folder = createFolder({
    'schema.ts': `import { defineApi } from '@wirepact/schema'
import { a } from './part'
export default defineApi({ title: 'T', version: '1', routes: { a } })\n`,
    'part/index.ts': part('/one'),
  })
  expect(await run(folder, ['generate'])).toMatchObject({ code: 0, emitted: 1 })
  expect(await run(folder, ['generate'])).toMatchObject({ code: 0, emitted: 0 })
  writeFileSync(join(folder, 'part/index.ts'), part('/two'))
  expect(await run(folder, ['generate'])).toMatchObject({ code: 0, emitted: 1 })
  writeFileSync(join(folder, 'part.ts'), part('/three'))
  expect(await run(folder, ['generate'])).toMatchObject({ code: 0, emitted: 1 })
  expect(readText(folder, 'generated/a/types.ts')).toBe('// /three\n')
})
