import { createApiServer } from '@wirepact/runtime'
import { describe, expect, test } from 'vitest'

describe('precedence', () => {
  const names = ['rest', 'longRest', 'one', 'two', 'text', 'other', 'signs']
  const paths = ['/{rest*}', '/a/{rest*}', '/a/{x}', '/{x}/{y}', '/a/b', '/{x}/b', '/@me;x=1']
  const routes = names.map((name, index) => ({
    name,
    path: paths[index] as string,
    receives: {},
    sends: {},
    channels: {},
  }))
  const handlers = Object.fromEntries(names.map((name) => [name, {}]))
  const api = { title: 'Paths', version: '1', contract: '0', routes }
  const server = createApiServer<Record<string, object>>(api, handlers)

  test.each([
    ['/a/b', 'text', {}],
    ['/a/c', 'one', { x: 'c' }],
    ['/z/b', 'other', { x: 'z' }],
    ['/z/c', 'two', { x: 'z', y: 'c' }],
    ['/a/b/c', 'longRest', { rest: 'b/c' }],
    ['/z/b/c', 'rest', { rest: 'z/b/c' }],
    ['/%61/%62', 'text', {}],
    ['/a/%7a%C3%A9', 'one', { x: 'zé' }],
    ['/@me;x=1', 'signs', {}],
    ['/%40me%3bx%3D1', 'signs', {}],
    ['/a%2Fb', 'rest', { rest: 'a/b' }],
    ['/a/%2Fetc', 'one', { x: '/etc' }],
    ['/', undefined, {}],
    ['/a/', undefined, {}],
  ])('%s is the route %s', (path, route, params) => {
    expect(server.explain(path)).toMatchObject({ route, params })
  })

  test('is the same whatever comes first in the schema', () => {
    const turned = createApiServer<Record<string, object>>({ ...api, routes: routes.toReversed() }, handlers)
    const matching = (one: typeof server) => one.explain('/a/b').asked.filter(({ matches }) => matches)
    expect(matching(turned)).toEqual(matching(server))
    expect(matching(turned).map(({ route }) => route)).toContain('one')
  })

  test('can be asked for: what is asked first, and what matches', () => {
    const { asked } = server.explain('/a/b')
    expect(asked.map(({ route }) => route)).toEqual([
      'text',
      'signs',
      'one',
      'other',
      'two',
      'longRest',
      'rest',
    ])
    expect(asked.filter(({ matches }) => !matches).map(({ route }) => route)).toEqual(['signs'])
    expect(server.explain('/a/c').asked).toContainEqual({ route: 'text', path: '/a/b', matches: false })
    expect(() => server.explain('/a/%E0')).toThrow(expect.objectContaining({ code: 'INVALID_PATH' }))
  })
})
