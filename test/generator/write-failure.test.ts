import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs, { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { emitting, run } from './cli-world.js'
import { apiSource, createFolder, readText } from './load-source.js'

/** The source of an API with these routes, each at the path of its name. */
function withRoutes(...names: readonly string[]): string {
  const routes = names.map((name) => `${name}: route({ path: '/${name}' })`).join(', ')
  return apiSource(`export default defineApi({ title: 'T', version: '1', routes: { ${routes} } })`)
}

/** The files of a folder and their texts. */
function snapshot(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(files.sort().map((file) => [file, readText('/', file)]))
}

const anew = { mayReuse: false, build: () => 'two' }

test('a text that cannot be written leaves everything as it was', async () => {
  const folder = createFolder({ 'schema.ts': withRoutes('a') })
  await run(
    folder,
    ['generate'],
    emitting(() => ({ 'a.ts': 'old', 'gone.ts': 'old' })),
  )
  const before = snapshot(join(folder, 'generated'))
  // A folder in the place of a temporary file makes the write of c.ts fail, when a.ts and b/b.ts are written.
  mkdirSync(join(folder, 'generated/.c.ts.wirepact-tmp/x'), { recursive: true })
  const next = emitting(() => ({ 'a.ts': 'new', 'b/b.ts': 'new', 'c.ts': 'new' }))
  await expect(run(folder, ['generate'], { ...anew, ...next })).rejects.toThrow()
  expect(snapshot(join(folder, 'generated'))).toEqual(before)
  expect(existsSync(join(folder, 'generated/b'))).toBe(false)
})

for (const failing of ['b/b.ts', 'c.ts', 'manifest.json']) {
  test(`a disk that refuses ${failing} halfway gets its old files back`, async () => {
    const folder = createFolder({ 'schema.ts': withRoutes('a') })
    await run(
      folder,
      ['generate'],
      emitting(() => ({ 'a.ts': 'old', 'gone.ts': 'old' })),
    )
    const before = snapshot(join(folder, 'generated'))
    const { renameSync } = fs
    let count = 0
    fs.renameSync = (from, to) => {
      // The manifest is written twice: at first and at last.
      if (String(to).endsWith(failing) && ++count > (failing === 'manifest.json' ? 1 : 0))
        throw new Error('EIO')
      renameSync(from, to)
    }
    syncBuiltinESMExports()
    try {
      const next = emitting(() => ({ 'a.ts': 'new', 'b/b.ts': 'new', 'c.ts': 'new' }))
      await expect(run(folder, ['generate'], { ...anew, ...next })).rejects.toThrow('EIO')
    } finally {
      fs.renameSync = renameSync
      syncBuiltinESMExports()
    }
    expect(snapshot(join(folder, 'generated'))).toEqual(before)
  })
}

test('a run that was cut off leaves nothing that the next one does not know for its own', async () => {
  const folder = createFolder({ 'schema.ts': withRoutes('a', 'b', 'c') })
  const killed = `import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { main } from 'wirepact/compiler'
const { renameSync } = fs
fs.renameSync = (from, to) => { if (to.endsWith('c.ts')) process.kill(process.pid, 'SIGKILL'); renameSync(from, to) }
syncBuiltinESMExports()
const files = (text) => ({ files: new Map(['a.ts', 'b.ts', 'c.ts', 'd.ts'].map((path) => [path, text])), kept: [], hashes: {} })
await main(['generate'], { cwd: process.cwd(), version: '1.2.3', colour: false, mayReuse: false, build: () => 'x',
  print() {}, complain() {}, progress() {}, nowMs: () => 0, loadEmitter: async () => async () => files('new') })`
  await run(
    folder,
    ['generate'],
    emitting(() => ({ 'a.ts': 'old', 'gone.ts': 'old' })),
  )
  const cut = spawnSync(process.execPath, ['--input-type=module', '-e', killed], { cwd: folder })
  expect(cut.signal).toBe('SIGKILL')
  expect(readText(folder, 'generated/b.ts')).toBe('new')
  expect(existsSync(join(folder, 'generated/.wirepact-lock'))).toBe(true)
  const last = emitting(() => ({ 'a.ts': 'newer', 'b.ts': 'newer', 'c.ts': 'newer' }))
  expect(await run(folder, ['generate'], last)).toMatchObject({ code: 0, emitted: 1 })
  expect(readdirSync(join(folder, 'generated')).sort()).toEqual(['a.ts', 'b.ts', 'c.ts', 'manifest.json'])
  expect(readText(folder, 'generated/b.ts')).toBe('newer')
})

test('an emitter that fails leaves everything as it was', async () => {
  const folder = createFolder({ 'schema.ts': withRoutes('a') })
  await run(folder, ['generate'])
  const before = snapshot(folder)
  writeFileSync(join(folder, 'schema.ts'), withRoutes('a', 'b'))
  const failing = {
    loadEmitter: () => Promise.resolve(() => Promise.reject(new Error('no check can be made'))),
  }
  await expect(run(folder, ['generate'], failing)).rejects.toThrow('no check can be made')
  expect(snapshot(join(folder, 'generated'))).toEqual(
    Object.fromEntries(Object.entries(before).filter(([path]) => path.includes('/generated/'))),
  )
})

test('two runs at the same time write one after the other', async () => {
  const folder = createFolder({ 'schema.ts': withRoutes('a') })
  const paths = Array.from({ length: 40 }, (_, index) => `f${index}.ts`)
  const script = (text: string) => `import { main } from 'wirepact/compiler'
const paths = ${JSON.stringify(paths)}
const emit = async () => ({ files: new Map(paths.map((path) => [path, '${text}'])), kept: [], hashes: {} })
const world = { cwd: process.cwd(), version: '1', colour: false, mayReuse: false, build: () => Math.random() + '',
  print() {}, complain(text) { console.error(text) }, progress() {}, nowMs: () => 0, loadEmitter: async () => emit }
for (let round = 0; round < 8; round++) if ((await main(['generate'], world)) !== 0) process.exit(1)`
  const runs = ['left', 'right'].map(async (text) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script(text)], { cwd: folder })
    let said = ''
    child.stderr.on('data', (data) => {
      said += data
    })
    return once(child, 'close').then(([code]) => ({ code, said }))
  })
  expect(await Promise.all(runs)).toEqual([
    { code: 0, said: '' },
    { code: 0, said: '' },
  ])
  const texts = new Set(paths.map((path) => readText(folder, `generated/${path}`)))
  expect(texts.size).toBe(1)
  expect(readdirSync(join(folder, 'generated')).sort()).toEqual([...paths, 'manifest.json'].sort())
  const check = emitting(() => Object.fromEntries(paths.map((path) => [path, [...texts][0] ?? ''])))
  expect(await run(folder, ['generate', '--check'], { ...anew, ...check })).toMatchObject({ code: 0 })
})
