import { createServer as createHttpServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WirepactError } from '@wirepact/runtime'
import { afterEach, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { refused } from '../support/refused.js'
import { noted, stopAll } from '../support/running.js'
import { createClient } from './api/generated/client.js'
import { createServer } from './api/generated/server.js'
import { createRows, rowHandlers, start } from './support/start.js'

afterEach(stopAll)

/** What the route at a path answers to `name`. */
async function answer(raw: Awaited<ReturnType<typeof start>>['raw'], path: string, name = 'ping') {
  const client = await raw(path)
  const output = await client.ask(1, name, null)
  client.terminate()
  return output
}

test('[nexios 1] every path of the schema has its handler, and a server without one is not made', async () => {
  const { client } = await start()
  expect(await client().wsChat().ping(undefined)).toBe('chat')
  const { wsChat: _missing, ...rest } = rowHandlers()
  expect(() => createServer(rest as never)).toThrow('The route wsChat has no handlers.')
})

test('[nexios 2] an API is composed of routes, lists and routers of several files', async () => {
  const { client } = await start()
  const all = client()
  expect(await all.bySlug({ params: { slug: 'a-b' } }).where(undefined)).toEqual({ slug: 'a-b' })
  expect(await all.wsExtra().ping(undefined)).toBe('extra')
  const room = all.room({ params: { roomId: 'lobby' }, query: { name: 'ada' } })
  expect(await room.ask({ text: 'hi' })).toEqual({ text: 'hi' })
})

test('[nexios 3] prefixes nest, take parameters, end at a slash, and add up where they are the same', async () => {
  const { raw, url } = await start()
  expect(await answer(raw, '/ws')).toBe('root')
  expect(await answer(raw, '/ws/chat')).toBe('chat')
  expect(await answer(raw, '/ws/extra')).toBe('extra')
  expect(await answer(raw, '/ws/teams/7/notices')).toBe('team 7')
  for (const path of ['/wsx', '/wschat', '/ws/cha', '/ws/teams/notices', '/ws/teams/7'])
    expect(await refused(url + path), path).toMatchObject({ status: 404 })
  expect(await refused(`${url}/ws/teams/seven/notices`)).toMatchObject({ status: 400 })
})

test('[nexios 3] a mount overrides where an API and its routes are, and what does not match falls through', async () => {
  const mount = { prefix: '/api', routes: { wsChat: '/talk-here' } }
  const { raw, url, server } = await start({ options: { mount } })
  expect(await answer(raw, '/api/talk-here')).toBe('chat')
  expect(await answer(raw, '/api/ws/extra')).toBe('extra')
  for (const path of ['/ws/chat', '/api/ws/chat', '/apix/talk-here'])
    expect(await refused(url + path), path).toMatchObject({ status: 404 })
  expect(server.explain('/api/talk-here').route).toBe('wsChat')
})

test('[nexios 3] two servers and a listener of somebody else share one port, each with its own paths', async () => {
  const http = createHttpServer()
  const others: (string | undefined)[] = []
  http.on('upgrade', (asked, socket) => {
    if (!asked.url?.startsWith('/other')) return
    others.push(asked.url)
    socket.end('HTTP/1.1 418 A Teapot\r\nconnection: close\r\n\r\n{}')
  })
  for (const mount of ['/one', '/two']) await noted(createRows({ options: { mount } })).attach(http)
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  noted({ close: () => http.close() })
  const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`
  const open = (path: string) => RawClient.open(url + path)
  expect(await (await open('/one/ws/chat')).ask(1, 'ping', null)).toBe('chat')
  expect(await (await open('/two/ws/extra')).ask(1, 'ping', null)).toBe('extra')
  expect(await refused(`${url}/other/ws/chat`)).toMatchObject({ status: 418 })
  expect(others).toEqual(['/other/ws/chat'])
})

const uuid = '123e4567-e89b-42d3-a456-426614174000'

test.each([
  ['/integer/-3', { n: -3 }],
  ['/number/2e3', { n: 2000 }],
  [`/uuid/${uuid}`, { id: uuid }],
  ['/slug/my-first-post', { slug: 'my-first-post' }],
  ['/pattern/v12', { code: 'v12' }],
  ['/text/a%2Fb/%C3%A4%20%25', { a: 'a/b', b: 'ä %' }],
  ['/files/a/b%20c/d.txt', { path: 'a/b c/d.txt' }],
])('[nexios 4] the handler has the parameters of %s typed and decoded', async (path, params) => {
  const { raw } = await start()
  expect(await answer(raw, path, 'where')).toEqual(params)
})

test.each([
  ['/integer/1.5', 400, 'INVALID_PARAMS'],
  ['/integer/', 404, 'ROUTE_NOT_FOUND'],
  ['/number/NaN', 400, 'INVALID_PARAMS'],
  ['/uuid/nobody', 400, 'INVALID_PARAMS'],
  ['/slug/My%20Post', 400, 'INVALID_PARAMS'],
  ['/slug/post%0A', 400, 'INVALID_PARAMS'],
  ['/pattern/v1%0A', 400, 'INVALID_PARAMS'],
  ['/text/a/%E0%A4', 400, 'INVALID_PATH'],
  ['/files/..%2Fsecret', 404, 'ROUTE_NOT_FOUND'],
])('[nexios 4] %s is refused before the upgrade with %i %s', async (path, status, code) => {
  const { url } = await start()
  expect(await refused(url + path)).toMatchObject({ status, body: { code } })
})

test('[nexios 5] a path that is none is 404 before the upgrade, with a problem document', async () => {
  const { url } = await start()
  const { status, headers, body } = await refused(`${url}/nowhere`)
  expect([status, headers['content-type']]).toEqual([404, 'application/problem+json'])
  expect(body).toMatchObject({ code: 'ROUTE_NOT_FOUND', status: 404 })
})

test('[nexios 5] other refusals keep their own status', async () => {
  const { url, server } = await start({ options: { limits: { maxConnections: 1, connectsPerSecond: 1e6 } } })
  server
    .use(
      (ctx, next) => {
        if (ctx.request.headers.authorization !== undefined) return next()
        throw new Error('a mistake in a middleware')
      },
      { route: 'wsExtra' },
    )
    .use(() => undefined, { route: 'wsTeam' })
  const status = async (path: string, options = {}) => (await refused(url + path, options)).status
  expect(await status('/rooms/lobby')).toBe(400)
  expect(await status('/ws/teams/1/notices')).toBe(403)
  expect(await status('/ws/extra')).toBe(500)
  expect(await status('/ws/chat', { origin: 'https://elsewhere.example' })).toBe(403)
  expect(await status('/ws/chat', { protocols: ['other'] })).toBe(400)
  expect(await plainStatus(`${url}/ws/chat`)).toBe(426)
  expect(await plainStatus(`${url}/ws/chat`, 'POST')).toBe(405)
  await noted(createClient(url)).wsChat().ready()
  expect(await status('/ws/chat')).toBe(503)
})

test('[nexios 5] who is not known is 401, and who comes too often 429', async () => {
  const { url, server } = await start({
    options: { limits: { connectsPerSecond: 0.001, maxConnectBurst: 1 } },
  })
  server.use(() => {
    throw new WirepactError('UNAUTHENTICATED', 'Who is this?')
  })
  expect(await refused(`${url}/ws/chat`)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } })
  expect(await refused(`${url}/ws/chat`)).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } })
})

/** The status of an HTTP request that is no upgrade. */
function plainStatus(url: string, method = 'GET'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url.replace('ws', 'http'), { method }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    sent.on('error', reject).end()
  })
}
