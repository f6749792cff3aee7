import { createApiServer, type RouteDefinition } from '@wirepact/runtime'
import { afterEach, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { RawClient } from '../support/raw-client.js'
import { deferred } from './lab.js'
import {
  aNumber,
  anObject,
  anything,
  aString,
  type BenchContext,
  type BenchRoute,
  fits,
  startBench,
  stopBenches,
} from './support/bench.js'

afterEach(stopBenches)

/** How an upgrade was refused: the status, and the code of the problem. */
function refused(
  url: string,
  options: WebSocket.ClientOptions & { protocols?: string[] } = {},
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, options.protocols ?? [], options)
    socket.on('open', () => reject(new Error('was accepted')))
    socket.on('error', () => undefined)
    socket.on('unexpected-response', (_request, response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () => resolve([response.statusCode, (JSON.parse(text) as { code: string }).code]))
    })
  })
}

/** Starts a route; `context` is that of its first connection. */
async function start(route: BenchRoute, handlers = {}) {
  const connected = deferred<BenchContext>()
  const bench = await startBench(route, { connect: (ctx) => connected.resolve(ctx), ...handlers })
  return { bench, context: connected.promise }
}

describe('headers and cookies', () => {
  const route: BenchRoute = {
    headers: {
      convert: { 'x-tenant': 'integer', 'x-tags': ['string'] },
      validator: anObject({ 'x-tenant': aNumber }),
    },
    cookies: { convert: { theme: 'string' }, validator: anObject({ theme: aString }) },
  }

  test('come to the handlers typed, and only those that are declared', async () => {
    const { bench, context } = await start(route)
    await RawClient.open(bench.url, {
      headers: { 'X-Tenant': '42', 'x-other': '1', cookie: 'theme=dark; sid=1' },
    })
    const { headers, cookies } = await context
    expect(headers).toEqual({ 'x-tenant': 42 })
    expect(cookies).toEqual({ theme: 'dark' })
  })

  test.each([
    ['a missing header', { cookie: 'theme=dark' }, 'INVALID_HEADERS'],
    ['a word where a number is due', { 'x-tenant': 'acme', cookie: 'theme=dark' }, 'INVALID_HEADERS'],
    ['a missing cookie', { 'x-tenant': '1' }, 'INVALID_COOKIES'],
    ['an empty cookie header', { 'x-tenant': '1', cookie: '' }, 'INVALID_COOKIES'],
  ])('are refused before the upgrade: %s', async (_what, headers, code) => {
    const { bench } = await start(route)
    expect(await refused(bench.url, { headers })).toEqual([400, code])
  })

  test('are empty where none are declared', async () => {
    const { bench, context } = await start({})
    await RawClient.open(bench.url, { headers: { cookie: 'a=1' } })
    expect(await context).toMatchObject({ headers: {}, cookies: {} })
  })
})

describe('subprotocols', () => {
  const route = { subprotocols: ['chat.v2', 'chat.v1'] }

  test.each([
    [['chat.v1'], 'chat.v1'],
    [['chat.v1', 'chat.v2'], 'chat.v2'],
    [['other', 'chat.v1'], 'chat.v1'],
    [['chat.v2', 'wirepact.v1.json'], 'wirepact.v1.json'],
  ])('of %j the server chooses %s', async (protocols, chosen) => {
    const { bench, context } = await start(route)
    const client = await RawClient.open(bench.url, { protocols })
    expect(client.socket.protocol).toBe(chosen)
    expect((await context).subprotocol).toBe(chosen)
  })

  test('none is chosen of none', async () => {
    const { bench, context } = await start(route)
    const client = await RawClient.open(bench.url, { protocols: [] })
    expect(client.socket.protocol).toBe('')
    expect((await context).subprotocol).toBeUndefined()
  })

  test("are refused when only others are offered, also another route's", async () => {
    const { bench } = await start(route)
    expect(await refused(bench.url, { protocols: ['other'] })).toEqual([400, 'SUBPROTOCOL_REFUSED'])
    const plain = await start({})
    expect(await refused(plain.bench.url, { protocols: ['chat.v1'] })).toEqual([400, 'SUBPROTOCOL_REFUSED'])
  })
})

describe('a route that takes the rest of a path', () => {
  const params = { convert: { path: 'string' }, validator: anything } as const

  test('has it as one parameter, which stays below the path', async () => {
    const { bench, context } = await start({ path: '/{path*}', params })
    const base = bench.url.replace('/{path*}', '')
    await RawClient.open(`${base}/a/b%20c/d`)
    expect((await context).params).toEqual({ path: 'a/b c/d' })
    expect(await refused(`${base}/`)).toEqual([404, 'ROUTE_NOT_FOUND'])
    expect(await refused(`${base}/a/..%2f..%2fetc`)).toEqual([404, 'ROUTE_NOT_FOUND'])
  })

  test('comes after every other route, the longest first', async () => {
    const paths = ['/{path*}', '/files/{path*}', '/files/{folder}/{path}', '/files/{path}']
    const routes = paths.map((path) => ({ name: path, path, receives: {}, sends: {}, channels: {} }))
    const connected: string[] = []
    const handlers = paths.map((path) => [path, { connect: () => void connected.push(path) }])
    const api = { title: '', version: '', contract: '', routes }
    const server = createApiServer(api, Object.fromEntries(handlers))
    const { port } = await server.listen({ host: '127.0.0.1' })
    for (const path of ['files/a', 'files/a/b', 'files/a/b/c', 'other/a']) {
      await RawClient.open(`ws://127.0.0.1:${port}/${path}`)
    }
    expect(connected).toEqual(['/files/{path}', '/files/{folder}/{path}', '/files/{path*}', '/{path*}'])
    await server.close({ timeoutMs: 200 })
  })
})

describe('the parameters of a channel name', () => {
  const shelf: RouteDefinition['channels'][string] = {
    name: 'shelf/{number}',
    join: 'guarded',
    params: {
      convert: { number: 'integer' },
      validator: anObject({ number: fits((n) => Number.isInteger(n)) }),
    },
    messages: { book: { data: anything, history: false } },
  }

  /** A route with the channel, whose guard notes what it was asked and lets everybody in. */
  async function open() {
    const asked: unknown[] = []
    const authorize = {
      shelf: (_ctx: BenchContext, { params }: { params: unknown }) => {
        asked.push(params)
        return true
      },
    }
    const { bench, context } = await start({ channels: { shelf } }, { authorize })
    return { bench, client: await RawClient.open(bench.url), ctx: await context, asked }
  }

  test('come to the guard typed', async () => {
    const { client, asked, bench } = await open()
    client.send(['subscribe', 1, 'shelf/12', {}])
    await client.next('joined', 1)
    expect(asked).toEqual([{ number: 12 }])
    await bench.server.routes.bench?.channels.shelf?.({ number: 12 }).publish('book', 'a')
    expect(await client.next('publication')).toEqual(['publication', 'shelf/12', 'book', 'a', null])
  })

  test.each([
    ['shelf/top', 'INVALID_PARAMS'],
    ['shelf/1.5', 'INVALID_PARAMS'],
    ['shelf/012', 'UNKNOWN_CHANNEL'],
    ['shelf/%31', 'UNKNOWN_CHANNEL'],
  ])('%s is refused with %s, and the guard is not asked', async (name, code) => {
    const { client, asked } = await open()
    client.send(['subscribe', 1, name, {}])
    expect(await client.next('error', 1)).toMatchObject({ 2: { code } })
    expect(asked).toEqual([])
  })

  test('that do not fit are a mistake of the server where it makes the name', async () => {
    const { ctx, bench } = await open()
    const misfit = expect.objectContaining({ code: 'INVALID_OUTPUT' })
    expect(() => ctx.channels.shelf?.({ number: 1.5 })).toThrow(misfit)
    expect(() => bench.server.routes.bench?.channels.shelf?.({ number: 'x' })).toThrow(misfit)
  })
})
