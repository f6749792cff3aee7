import { existsSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { compile, type Diagnostic, loadApi } from 'wirepact/compiler'
import { apiSource, createFolder, routeSource } from './load-source.js'

async function refusalOf(folder: string, file = 'schema.ts'): Promise<readonly Diagnostic[]> {
  const loaded = await loadApi(join(folder, file))
  if (loaded.ok) throw new Error('It was loaded.')
  return loaded.diagnostics
}

test('a schema made of several files is loaded, and every file of the project is listed', async () => {
  const folder = createFolder({
    'schema.ts': routeSource(
      `path: '/', clientToServer: { say: event({ data: Line }) }`,
      `import { Line } from './parts/line.js'`,
    ),
    'parts/line.ts': `import { Type } from '@wirepact/schema'\nexport const Line: unknown = Type.String()`,
  })
  const loaded = await loadApi(join(folder, 'schema.ts'))
  expect(loaded).toMatchObject({ ok: true, value: { api: { kind: 'api', title: 'T' } } })
  expect(loaded.ok && loaded.value.inputs).toEqual([join(folder, 'parts/line.ts'), join(folder, 'schema.ts')])
})

test('loading leaves nothing behind, also after a failure', async () => {
  const folder = createFolder({ 'schema.ts': routeSource(`path: '/'`), 'throws.ts': `throw new Error('no')` })
  await loadApi(join(folder, 'schema.ts'))
  await loadApi(join(folder, 'throws.ts'))
  expect(readdirSync(folder).sort()).toEqual(['schema.ts', 'throws.ts'])
  const cache = join(import.meta.dirname, '../../node_modules/.cache/wirepact')
  const left = existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith('.throws.ts')) : []
  expect(left).toEqual([])
})

test('a file is read anew every time that it is loaded', async () => {
  const { writeFileSync } = await import('node:fs')
  const folder = createFolder({ 'schema.ts': routeSource(`path: '/a'`) })
  const file = join(folder, 'schema.ts')
  await loadApi(file)
  writeFileSync(file, routeSource(`path: '/b'`))
  const again = await compile(await loadApi(file))
  expect(again.ok && again.api.routes[0]?.path).toBe('/b')
})

test('a missing file is a problem with a code', async () => {
  const folder = createFolder()
  expect(await refusalOf(folder)).toMatchObject([{ code: 'FILE_NOT_FOUND', path: '' }])
})

test('every syntax error has its place', async () => {
  const folder = createFolder({ 'schema.ts': 'const a = 1\nconst b = = 2\n' })
  const site = { file: join(folder, 'schema.ts'), line: 2, column: 11 }
  expect(await refusalOf(folder)).toEqual([
    { code: 'SYNTAX_ERROR', message: 'Unexpected "=".', path: '', site },
  ])
})

test('an import that leads nowhere has its place', async () => {
  const folder = createFolder({ 'schema.ts': `import { a } from './nowhere.js'\nexport default a\n` })
  expect(await refusalOf(folder)).toMatchObject([
    { code: 'UNRESOLVED_IMPORT', site: { line: 1, column: 19 } },
  ])
})

test('every import that leads nowhere is named', async () => {
  const folder = createFolder({
    'schema.ts': `import './nowhere.js'\nimport a from 'no-such-package'\nimport './part.js'\nexport default a\n`,
    'part.ts': `import 'another-package'\n`,
  })
  const places = (await refusalOf(folder)).map(
    ({ code, site }) => `${code} ${site?.file.slice(folder.length)}:${site?.line}`,
  )
  expect(places.sort()).toEqual([
    'UNRESOLVED_IMPORT /part.ts:1',
    'UNRESOLVED_IMPORT /schema.ts:1',
    'UNRESOLVED_IMPORT /schema.ts:2',
  ])
})

test('every file of a schema finds itself where it is written, and nothing in it moves', async () => {
  const part = `export const places = [import.meta.url, import.meta.filename, import.meta.dirname, __filename, __dirname]`
  const own = `const __dirname = new URL('.', import.meta.url).pathname\nexport const own: string = __dirname`
  const folder = createFolder({
    'schema.ts': routeSource(
      `path: '/', description: JSON.stringify([...places, own, import.meta.dirname, text.slice(0, 6)])`,
      `import { readFileSync } from 'node:fs'
import { own } from './parts/own.js'
import { places } from './parts/part.js'
const text = readFileSync(new URL('parts/part.ts', import.meta.url), 'utf8')`,
    ),
    'parts/part.ts': part,
    'parts/own.ts': own,
    'throws.ts': `const place: string = import.meta.url; throw new Error(place)`,
  })
  const loaded = await loadApi(join(folder, 'schema.ts'))
  const compiled = await compile(loaded)
  const parts = join(folder, 'parts')
  const file = join(parts, 'part.ts')
  expect(compiled.ok && JSON.parse(compiled.api.routes[0]?.description ?? '')).toEqual([
    ...[pathToFileURL(file).href, file, parts, file, parts],
    ...[pathToFileURL(`${parts}/`).pathname, folder, 'export'],
  ])
  expect(loaded.ok && loaded.value.inputs).toEqual([join(parts, 'own.ts'), file, join(folder, 'schema.ts')])
  expect(await refusalOf(folder, 'throws.ts')).toMatchObject([{ site: { line: 1, column: 46 } }])
})

test('what throws while it is loaded is reported at the line of the source', async () => {
  const folder = createFolder({
    'schema.ts': `import { fail } from './fail.js'\n\nfail()\n`,
    'fail.ts': `interface Unused { readonly a: string }\nexport function fail(): never {\n  throw new TypeError('on purpose')\n}\n`,
  })
  expect(await refusalOf(folder)).toMatchObject([
    {
      code: 'LOAD_FAILED',
      message: 'The file threw while it was loaded: TypeError: on purpose',
      site: { file: join(folder, 'fail.ts'), line: 3 },
    },
  ])
})

test('a file without a default export names the export that was probably meant', async () => {
  const source = apiSource(`export const api = defineApi({ title: 'T', version: '1', routes: {} })`)
  const folder = createFolder({ 'schema.ts': source, 'other.ts': 'export default 5' })
  expect(await refusalOf(folder)).toMatchObject([{ code: 'NOT_AN_API', suggestion: 'export default api' }])
  expect(await refusalOf(folder, 'other.ts')).toMatchObject([{ code: 'NOT_AN_API' }])
})

const lineUser = routeSource(
  `path: '/', clientToServer: { say: event({ data: Line }) }`,
  `import { Line } from 'parts'`,
)

test('a package that exports TypeScript as it was written is loaded, with what it imports', async () => {
  const folder = createFolder({
    'app/schema.ts': lineUser,
    'app/node_modules/.keep': '',
    'parts/package.json': '{ "name": "parts", "type": "module", "exports": "./src/index.ts" }',
    'parts/src/index.ts': `export { Line } from './line.js'\nexport enum Unused { A }`,
    'parts/src/line.ts': `import { Type } from '@wirepact/schema'
import { longest } from 'limits'
export const Line = Type.String({ maxLength: longest as number })`,
    'parts/node_modules/limits/package.json':
      '{ "name": "limits", "type": "module", "exports": "./index.js" }',
    'parts/node_modules/limits/index.js': 'export const longest = 7',
  })
  symlinkSync(join(folder, 'parts'), join(folder, 'app/node_modules/parts'), 'dir')
  const loaded = await loadApi(join(folder, 'app/schema.ts'))
  expect(await compile(loaded)).toMatchObject({ ok: true, api: { schemas: [{ schema: { maxLength: 7 } }] } })
  expect(loaded.ok && loaded.value.inputs.map((file) => file.slice(folder.length + 1))).toEqual([
    'app/schema.ts',
    'parts/src/index.ts',
    'parts/src/line.ts',
  ])
})

test('a problem in a package that exports TypeScript has its place there', async () => {
  const folder = createFolder({
    'app/schema.ts': lineUser,
    'app/node_modules/.keep': '',
    'parts/package.json': '{ "name": "parts", "type": "module", "exports": "./index.ts" }',
    'parts/index.ts': `import { Type } from '@wirepact/schema'\n\nthrow new Error('no line')\nexport const Line: unknown = Type`,
  })
  symlinkSync(join(folder, 'parts'), join(folder, 'app/node_modules/parts'), 'dir')
  expect(await refusalOf(join(folder, 'app'))).toMatchObject([
    { code: 'LOAD_FAILED', site: { file: join(folder, 'parts/index.ts'), line: 3 } },
  ])
})

test('an installed package runs as it is, and one that is not there is named', async () => {
  const folder = createFolder({
    'schema.ts': lineUser,
    'other.ts': `import { Line } from 'nowhere'\nexport default Line`,
    'node_modules/parts/package.json': '{ "name": "parts", "type": "module", "exports": "./index.js" }',
    'node_modules/parts/index.js': `export const Line = { type: 'string', description: import.meta.url }`,
  })
  const compiled = await compile(await loadApi(join(folder, 'schema.ts')))
  const description = pathToFileURL(join(folder, 'node_modules/parts/index.js')).href
  expect(compiled).toMatchObject({ ok: true, api: { schemas: [{ schema: { description } }] } })
  expect(await refusalOf(folder, 'other.ts')).toMatchObject([
    {
      code: 'UNRESOLVED_IMPORT',
      message: 'Could not resolve "nowhere": no package of this name is installed.',
      site: { file: join(folder, 'other.ts'), line: 1, column: 22 },
    },
  ])
})

test('several schemas at once leave the process as it was', async () => {
  const before = [
    process.exit,
    process.listenerCount('uncaughtException'),
    process.listenerCount('beforeExit'),
  ]
  const folders = Array.from({ length: 12 }, () => createFolder({ 'schema.ts': routeSource(`path: '/'`) }))
  const loaded = await Promise.all(folders.map((folder) => loadApi(join(folder, 'schema.ts'))))
  expect(loaded.every(({ ok }) => ok)).toBe(true)
  const after = [
    process.exit,
    process.listenerCount('uncaughtException'),
    process.listenerCount('beforeExit'),
  ]
  expect(after).toEqual(before)
})
