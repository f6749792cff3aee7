import { describe, expect, it } from 'vitest'
import { type ApiIr, emitApi, emitChanged, type JsonSchema } from 'wirepact/compiler'
import { everythingIr } from './everything-ir.js'
import { languageIr } from './language-ir.js'

function withSchema(api: ApiIr, name: string, schema: JsonSchema): ApiIr {
  return { ...api, schemas: api.schemas.map((known) => (known.name === name ? { ...known, schema } : known)) }
}

function foldersOf(paths: Iterable<string>): string[] {
  const modules = [...paths].filter((path) => path !== 'asyncapi.json')
  return [...new Set(modules.map((path) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '')))]
}

/** Emits `before`, then what has changed until `after`. */
async function change(before: ApiIr, after: ApiIr) {
  const first = await emitChanged(before)
  const second = await emitChanged(after, first.hashes)
  const kept = second.kept.map((path): [string, string] => [path, first.files.get(path) ?? ''])
  return { ...second, whole: Object.fromEntries([...kept, ...second.files]) }
}

const text: JsonSchema = { type: 'string', maxLength: 8, description: 'What is typed.' }

describe('emission of what has changed', () => {
  it('writes nothing where nothing has', async () => {
    const { files, kept } = await change(languageIr, structuredClone(languageIr))
    expect([...files]).toEqual([])
    expect(kept).toEqual([...(await emitApi(languageIr)).keys()])
  })

  it('writes the folder of the route that has, and no other', async () => {
    const after = withSchema(languageIr, 'ShellKeys', text)
    const { files, kept, whole } = await change(languageIr, after)
    expect(foldersOf(files.keys())).toEqual(['shell'])
    expect(foldersOf(kept)).toEqual(['', 'hall', 'shared', 'studio', 'ticker'])
    // The document is about the whole API.
    expect([...files.keys()]).toContain('asyncapi.json')
    expect(whole).toEqual(Object.fromEntries(await emitApi(after)))
  })

  it('writes the modules of the whole API too when the contract has a new hash', async () => {
    const after = { ...withSchema(languageIr, 'ShellKeys', text), contract: '1111111111111111' }
    expect(foldersOf((await change(languageIr, after)).files.keys())).toEqual(['', 'shell'])
  })

  it('writes every folder that can reach a shared schema which has', async () => {
    const after = withSchema(everythingIr, 'Point', { type: 'array', items: { type: 'number' } })
    const { files, whole } = await change(everythingIr, after)
    expect(foldersOf(files.keys())).toEqual(['game', 'shared', 'status'])
    expect(whole).toEqual(Object.fromEntries(await emitApi(after)))
  })

  it('writes a route whose properties are in another order, for so are those of its interface', async () => {
    const properties = (first: string, second: string) => ({
      type: 'object',
      properties: { [first]: {}, [second]: {} },
    })
    const before = withSchema(languageIr, 'TickerPing', properties('a', 'b'))
    const after = withSchema(languageIr, 'TickerPing', properties('b', 'a'))
    expect(foldersOf((await change(before, after)).files.keys())).toEqual(['ticker'])
  })

  it('speaks no more of a route that is gone', async () => {
    const after: ApiIr = {
      ...languageIr,
      routes: languageIr.routes.filter(({ name }) => name !== 'shell'),
      schemas: languageIr.schemas.filter(({ route }) => route !== 'shell'),
    }
    const { files, kept, whole } = await change(languageIr, after)
    expect(foldersOf(files.keys())).toEqual([''])
    expect(foldersOf(kept)).toEqual(['hall', 'shared', 'studio', 'ticker'])
    expect(whole).toEqual(Object.fromEntries(await emitApi(after)))
  })

  it.each([
    ['a description', { description: 'Another.' }],
    ['who may connect', { auth: ['admin'] }],
    ['the path', { path: '/elsewhere' }],
    ['a subprotocol', { subprotocols: ['a'] }],
  ])('sees that %s of a route has changed', async (_what, changed) => {
    const routes = languageIr.routes.map((route) =>
      route.name === 'shell' ? { ...route, ...changed } : route,
    )
    const { whole } = await change(languageIr, { ...languageIr, routes })
    expect(whole).toEqual(Object.fromEntries(await emitApi({ ...languageIr, routes })))
  })

  it('writes the hooks where they are asked for from now on, and those of a route when it has changed', async () => {
    const plain = await emitChanged(languageIr)
    const first = await emitChanged(languageIr, plain.hashes, { react: true })
    expect([...first.files.keys()].filter((path) => path.endsWith('react.ts'))).toEqual([
      'hall/react.ts',
      'react.ts',
      'shell/react.ts',
      'studio/react.ts',
      'ticker/react.ts',
    ])
    const after = withSchema(languageIr, 'ShellKeys', text)
    const second = await emitChanged(after, first.hashes, { react: true })
    expect(foldersOf(second.files.keys())).toEqual(['shell'])
    expect(second.kept).toContain('react.ts')
    const all = await emitApi(after, { react: true })
    for (const [path, written] of second.files) expect(written).toBe(all.get(path))
    expect([...second.files.keys(), ...second.kept].sort()).toEqual([...all.keys()].sort())
  })
})
