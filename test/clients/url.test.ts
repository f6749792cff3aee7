import { type ConnectArguments, createApiClient, type RouteDefinition } from '@wirepact/client'
import { describe, expect, it } from 'vitest'
import { MemoryTransport } from './support/memory-transport.js'

const bases: readonly (readonly [base: string | URL, url: string])[] = [
  ['ws://example.org', 'ws://example.org/chat/a'],
  ['wss://example.org', 'wss://example.org/chat/a'],
  ['http://example.org', 'ws://example.org/chat/a'],
  ['https://example.org', 'wss://example.org/chat/a'],
  ['HTTPS://Example.org:443', 'wss://example.org/chat/a'],
  ['http://example.org:80', 'ws://example.org/chat/a'],
  ['https://example.org:8443/', 'wss://example.org:8443/chat/a'],
  ['http://127.0.0.1:8000/api', 'ws://127.0.0.1:8000/api/chat/a'],
  ['http://[::1]:8000/api/v1/', 'ws://[::1]:8000/api/v1/chat/a'],
  ['https://example.org/a%20b', 'wss://example.org/a%20b/chat/a'],
  ['https://example.org/?tenant=7', 'wss://example.org/chat/a?tenant=7'],
  ['https://example.org/#top', 'wss://example.org/chat/a'],
  [new URL('https://example.org/api?x=1'), 'wss://example.org/api/chat/a?x=1'],
]

const params: readonly (readonly [value: string | number | boolean, segment: string])[] = [
  ['lobby', 'lobby'],
  ['a b', 'a%20b'],
  ['a/b', 'a%2Fb'],
  ['a?b#c', 'a%3Fb%23c'],
  ['100%', '100%25'],
  ['%2E%2E', '%252E%252E'],
  ['...', '...'],
  ['ä€😀', '%C3%A4%E2%82%AC%F0%9F%98%80'],
  ["it's(*)!~", "it's(*)!~"],
  ['a+b&c=d', 'a%2Bb%26c%3Dd'],
  ['a:b@c;d,e', 'a%3Ab%40c%3Bd%2Ce'],
  ['a\\b|c^d`e{f}"', 'a%5Cb%7Cc%5Ed%60e%7Bf%7D%22'],
  [7, '7'],
  [-0.5, '-0.5'],
  [true, 'true'],
]

const queries: readonly (readonly [query: Record<string, unknown>, search: string])[] = [
  [{}, ''],
  [{ name: 'ada' }, '?name=ada'],
  [{ name: 'a b&c=d+e' }, '?name=a+b%26c%3Dd%2Be'],
  [{ 'ä[]': '€' }, '?%C3%A4%5B%5D=%E2%82%AC'],
  [{ page: 0, live: false }, '?page=0&live=false'],
  [{ big: 1e21, small: 1e-7 }, '?big=1e%2B21&small=1e-7'],
  [{ tag: ['a', 'b', 1] }, '?tag=a&tag=b&tag=1'],
  [{ tag: [] }, ''],
  [{ tag: ['a', undefined, 'b'] }, '?tag=a&tag=b'],
  [{ name: undefined, other: '' }, '?other='],
]

describe('the address of a route', () => {
  it.each(bases)('is made from %s', (base, url) => {
    expect(connect(base, { params: { roomId: 'a' } })).toBe(url)
  })

  it.each(params)('has the parameter %j in its place', (value, segment) => {
    const url = connect('ws://h/', { params: { roomId: value } })
    expect(url).toBe(`ws://h/chat/${segment}`)
    expect(decodeURIComponent(new URL(url).pathname.slice(6))).toBe(String(value))
  })

  it.each(queries)('has the query %j behind it', (query, search) => {
    expect(connect('ws://h', { params: { roomId: 'a' }, query })).toBe(`ws://h/chat/a${search}`)
  })

  it('keeps the query of the base before its own', () => {
    const url = connect('ws://h/?a=1', { params: { roomId: 'a' }, query: { b: 2 } })
    expect(url).toBe('ws://h/chat/a?a=1&b=2')
  })

  it.each(['.', '..', '', undefined])('cannot have the parameter %j', (roomId) => {
    const params = roomId === undefined ? {} : { roomId }
    expect(() => connect('ws://h', { params })).toThrow(TypeError)
  })

  it('cannot have a parameter that is half a character', () => {
    expect(() => connect('ws://h', { params: { roomId: '\ud800' } })).toThrow(URIError)
  })

  it.each([null, Number.NaN, {}, [['a']], [null], () => 1, 1n, Symbol('a')])(
    'cannot have %s in the query',
    (value) => {
      expect(() => connect('ws://h', { params: { roomId: 'a' }, query: { value } })).toThrow(TypeError)
    },
  )

  it.each(['ftp://h', 'file:///a', 'data:a', 'nonsense', '/relative'])('cannot be made from %s', (base) => {
    expect(() => connect(base, { params: { roomId: 'a' } })).toThrow(TypeError)
  })
})

const route: RouteDefinition = { path: '/chat/{roomId}', calls: {}, channels: {} }

function connect(base: string | URL, args: ConnectArguments): string {
  const transport = new MemoryTransport()
  const client = createApiClient('abc', base, { WebSocket: transport.WebSocket })
  client.connect(route, args)
  client.close()
  return transport.last.url
}
