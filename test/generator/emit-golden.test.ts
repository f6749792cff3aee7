import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type ApiIr, emitApi, type RouteIr } from 'wirepact/compiler'
import { chatIr } from './chat-ir.js'
import { everythingIr } from './everything-ir.js'
import { languageIr } from './language-ir.js'

const golden = fileURLToPath(new URL('./golden/', import.meta.url))

async function readFolder(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const texts = await Promise.all(
    files.map(async (file) => [relative(folder, file).split(sep).join('/'), await readFile(file, 'utf8')]),
  )
  return Object.fromEntries(texts) as Record<string, string>
}

async function writeFolder(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
}

describe.each<[string, ApiIr]>([
  ['chat', chatIr],
  ['everything', everythingIr],
  ['language', languageIr],
])('the modules of the API %s', (name, api) => {
  it('are byte for byte what was reviewed (UPDATE_GOLDEN=1 writes them anew)', async () => {
    const files = await emitApi(api)
    if (process.env.UPDATE_GOLDEN === '1') await writeFolder(join(golden, name), files)
    expect(Object.fromEntries(files)).toEqual(await readFolder(join(golden, name)))
  })

  it('are the same when they are emitted twice, in another order of schemas', async () => {
    const again = await emitApi({ ...api, schemas: [...api.schemas].reverse() })
    expect([...again]).toEqual([...(await emitApi(api))])
  })

  it('end with one line break, have no tabs, no semicolons at line ends and no line of more than 112 columns', async () => {
    for (const [path, text] of await emitApi(api)) {
      expect(text.endsWith('\n') && !text.endsWith('\n\n'), path).toBe(true)
      expect(text, path).not.toMatch(/\r|\t|;$| $/m)
      const long = text.split('\n').filter((line) => line.length > 112 && !/^\s*(\*|\/\*\*)/.test(line))
      expect(long, path).toEqual([])
    }
  })
})

describe('the hooks for React', () => {
  const apis: Readonly<Record<string, ApiIr>> = { everything: everythingIr, language: languageIr }

  it('are byte for byte what was reviewed, and all that the option adds', async () => {
    const added = new Map<string, string>()
    for (const [name, api] of Object.entries(apis)) {
      const [plain, withHooks] = [await emitApi(api), await emitApi(api, { react: true })]
      for (const [path, text] of withHooks) {
        if (plain.has(path)) expect(text, path).toBe(plain.get(path))
        else added.set(`${name}/${path}`, text)
      }
    }
    if (process.env.UPDATE_GOLDEN === '1') await writeFolder(join(golden, 'react'), added)
    expect(Object.fromEntries(added)).toEqual(await readFolder(join(golden, 'react')))
  })

  it('have names of their own, whatever the routes are called', async () => {
    const [first] = everythingIr.routes
    const named = (name: string, typeName: string) => ({ ...first, name, typeName, channels: [] }) as RouteIr
    const routes = [named('client', 'Client'), named('clock', 'Clock'), named('clockEvent', 'ClockEvent')]
    const hooks = (await emitApi({ ...everythingIr, routes }, { react: true })).get('react.ts') ?? ''
    const declared = [...hooks.matchAll(/\buse\w+(?=\(args)|\buse\w+Event\d?\b/g)].map(([name]) => name)
    expect(declared).toContain('useClient2')
    expect(new Set(declared).size).toBe(declared.length)
  })
})
