import { readFile } from 'node:fs/promises'
import { createServer as createHttpServer, type Server as HttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer, request as httpsRequest } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { serve } from '@hono/node-server'
import type { ServerOptions } from '@wirepact/runtime'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { refused } from '../support/refused.js'
import { createClient } from './api/generated/client.js'
import { createServer } from './api/generated/server.js'
import { labHandlers } from './lab.js'

const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanup.splice(0)) await clean()
})

function createLab(options: ServerOptions = {}) {
  const server = createServer({ lab: labHandlers(), plain: { ping: () => 'pong' } }, options)
  cleanup.push(() => server.close({ timeoutMs: 200 }))
  return server
}

async function listen(http: HttpServer): Promise<string> {
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  cleanup.push(() => new Promise((resolve) => http.close(resolve)))
  return `127.0.0.1:${(http.address() as AddressInfo).port}`
}

const ping = async (url: string) => (await RawClient.open(url)).ask(1, 'ping', null)

/** Asks for a page and offers another protocol with it, as some HTTP clients do with each request. */
async function offering(host: string, path: string): Promise<string> {
  const socket = offer(host, `GET ${path}`)
  socket.write('\r\n')
  return text(socket)
}

function offer(host: string, what: string): Socket {
  const [name, port] = host.split(':')
  const socket = connect(Number(port), name)
  const headers = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n'
  socket.write(`${what} HTTP/1.1\r\nHost: ${host}\r\n${headers}`)
  return socket
}

/** The same with a body, of which a part comes later. */
async function posting(
  host: string,
  path: string,
  [lengths, first, rest]: readonly string[],
): Promise<string> {
  const socket = offer(host, `POST ${path}`)
  socket.write(`${lengths}\r\nX-Note: caf\xe9\r\n\r\n${first}`, 'latin1')
  setTimeout(() => socket.write(rest ?? ''), 20)
  return text(socket)
}

/** One body, in the two ways in which its end is known. */
const bodies = [
  ['Content-Length: 5', 'ab', 'cde'],
  ['Transfer-Encoding: chunked', '2\r\nab\r\n', '3\r\ncde\r\n0\r\n\r\n'],
] as const

/** What holds wherever a server is mounted: HTTP is the framework's, routes are ours, the rest is refused. */
async function expectBoth(host: string): Promise<void> {
  expect(await (await fetch(`http://${host}/page`)).text()).toBe('the page')
  expect((await fetch(`http://${host}/nowhere`)).status).toBe(404)
  expect(await ping(`ws://${host}/plain`)).toBe('pong')
  const refusal = await refused(`ws://${host}/nowhere`)
  expect([refusal.status, refusal.body.code]).toEqual([404, 'ROUTE_NOT_FOUND'])
  const answer = await offering(host, '/page')
  expect([answer.split('\r\n')[0], answer.includes('the page')]).toEqual(['HTTP/1.1 200 OK', true])
  expect(await offering(host, '/plain')).toContain('UPGRADE_REQUIRED')
  expect(await posting(host, '/nowhere', bodies[0])).toMatch(/^HTTP\/1.1 404/)
  expect(await posting(host, '/plain', bodies[0])).toContain('METHOD_NOT_ALLOWED')
  expect(await (await fetch(`http://${host}/page`)).text()).toBe('the page')
}

const page: RequestListener = (request, response) => {
  response.statusCode = request.url === '/page' ? 200 : 404
  response.end('the page')
}

describe('a server is attached', () => {
  test('to a bare http.Server', async () => {
    const http = createHttpServer(page)
    await createLab().attach(http)
    await expectBoth(await listen(http))
  })

  test('to Express', async () => {
    const app = express()
    app.get('/page', (_request, response) => void response.send('the page'))
    const http = createHttpServer(app)
    await createLab().attach(http)
    await expectBoth(await listen(http))
  })

  test('to Express, which may let it answer plain requests at its routes', async () => {
    const server = createLab()
    const app = express()
    app.use(server.routeListener())
    app.get('/page', (_request, response) => void response.send('the page'))
    const http = createHttpServer(app)
    await server.attach(http)
    const host = await listen(http)
    await expectBoth(host)
    const get = await fetch(`http://${host}/plain`)
    expect([get.status, get.headers.get('upgrade')]).toEqual([426, 'websocket'])
    expect(await get.json()).toMatchObject({ code: 'UPGRADE_REQUIRED' })
    const post = await fetch(`http://${host}/plain`, { method: 'POST' })
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET'])
    expect((await fetch(`http://${host}/lab/%E0`)).headers.get('content-type')).toContain('text/html')
  })

  test('to Fastify', async () => {
    const app = fastify()
    app.get('/page', () => 'the page')
    await createLab().attach(app.server)
    await app.listen({ port: 0, host: '127.0.0.1' })
    cleanup.push(() => app.close())
    await expectBoth(`127.0.0.1:${(app.server.address() as AddressInfo).port}`)
  })

  test('to Hono', async () => {
    const server = createLab()
    const app = new Hono()
    app.get('/page', (context) => context.text('the page'))
    const http = await new Promise<HttpServer>((resolve) => {
      const made = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () =>
        resolve(made as HttpServer),
      )
    })
    cleanup.push(() => new Promise((resolve) => http.close(resolve)))
    await server.attach(http)
    await expectBoth(`127.0.0.1:${(http.address() as AddressInfo).port}`)
  })

  test.each(bodies)(
    'a request with a body that offers another protocol is read whole: %s',
    async (...body) => {
      const http = createHttpServer(async (request, response) => {
        const { method, headers } = request
        response.end(`${method} ${await text(request)} ${headers['x-note']} ${headers.upgrade}`)
      })
      await createLab().attach(http)
      const host = await listen(http)
      const answer = await posting(host, '/page', body)
      expect(answer).toContain('POST abcde caf\u00e9 undefined')
      expect(answer).toContain('Connection: close')
    },
  )

  test('to an https.Server, and knows that its clients are encrypted', async () => {
    const seen: unknown[] = []
    const http = createHttpsServer(await readCertificate(), async (request, response) => {
      response.end(`the page of ${await text(request)}`)
    })
    const server = createLab().use((ctx, next) => {
      seen.push([ctx.request.protocol, ctx.request.port])
      return next()
    })
    await server.attach(http)
    const host = await listen(http)
    const client = await RawClient.open(`wss://${host}/plain`, { rejectUnauthorized: false })
    expect(await client.ask(1, 'ping', null)).toBe('pong')
    expect(seen).toEqual([['wss', Number(host.split(':')[1])]])
    for (const headers of [{}, { connection: 'upgrade', upgrade: 'h2c' }]) {
      const options = { method: 'POST', headers, rejectUnauthorized: false }
      const answer = await new Promise<string>((resolve) => {
        httpsRequest(`https://${host}/page`, options, (response) => resolve(text(response))).end('ada')
      })
      expect(answer).toBe('the page of ada')
    }
  })
})

describe('of several upgrade listeners', () => {
  test('each server of an API takes its own paths, and the first has what both have', async () => {
    const http = createHttpServer(page)
    const order: string[] = []
    const [first, second] = ['first', 'second'].map((name) =>
      createLab(name === 'second' ? { mount: '/v2' } : {}).use((_ctx, next) => {
        order.push(name)
        return next()
      }),
    )
    const same = createLab()
    for (const server of [first, second, same]) await server?.attach(http)
    const host = await listen(http)
    await expectBoth(host)
    expect(await ping(`ws://${host}/v2/plain`)).toBe('pong')
    expect(order).toEqual(['first', 'second'])
    expect(same.counters.connections).toBe(0)
  })

  test('those beside ours get what is no route, also when ours is mounted below a prefix', async () => {
    const http = createHttpServer(page)
    http.on('upgrade', (request, socket) => {
      if (!request.url?.startsWith('/api/'))
        socket.end('HTTP/1.1 418 I am a teapot\r\nconnection: close\r\n\r\n{}')
    })
    await createLab({ mount: '/api' }).attach(http)
    const host = await listen(http)
    expect(await ping(`ws://${host}/api/plain`)).toBe('pong')
    for (const path of ['/plain', '/apix/plain', '/other'])
      expect((await refused(`ws://${host}${path}`)).status, path).toBe(418)
  })

  test('attaching twice is attaching once', async () => {
    const http = createHttpServer(page)
    const server = createLab()
    await server.attach(http)
    await server.attach(http)
    expect(http.listenerCount('upgrade')).toBe(1)
    await expectBoth(await listen(http))
    await server.close()
    expect(http.listenerCount('upgrade')).toBe(0)
  })
})

describe('a mount', () => {
  const ask = async (mount: ServerOptions['mount'], path: string) => {
    const server = createLab(mount === undefined ? {} : { mount })
    const { port } = await server.listen({ host: '127.0.0.1' })
    return { server, answer: await ping(`ws://127.0.0.1:${port}${path}`), base: `ws://127.0.0.1:${port}` }
  }

  test('puts a prefix before every path, which clients name in their address', async () => {
    const { answer, base } = await ask('/api/', '/api/plain')
    expect(answer).toBe('pong')
    expect((await refused(`${base}/plain`)).status).toBe(404)
    expect((await refused(`${base}/api//plain`)).status).toBe(404)
    const client = createClient(`${base}/api`)
    cleanup.push(() => client.close())
    const lab = client.lab({ params: { roomId: 'lobby' }, query: { name: 'ada' } })
    expect(await lab.add({ a: 1, b: 2 })).toEqual({ sum: 3 })
  })

  test('replaces the path of a route, with the parameters that it has', async () => {
    const routes = { lab: '/rooms/{roomId}/lab', plain: '/simple' }
    const { answer, base, server } = await ask({ prefix: '/v1', routes }, '/v1/simple')
    expect(answer).toBe('pong')
    expect((await RawClient.open(`${base}/v1/rooms/lobby/lab?name=ada`)).all('welcome')).toHaveLength(1)
    expect((await refused(`${base}/v1/plain`)).status).toBe(404)
    expect(
      server.use(() => undefined, { path: '/lab' }),
      'scopes are paths of the schema',
    ).toBe(server)
    expect((await refused(`${base}/v1/rooms/lobby/lab?name=ada`)).status).toBe(403)
    expect(await ping(`${base}/v1/simple`)).toBe('pong')
  })

  test.each(['/café', '/caf%C3%A9', '/caf%c3%a9', '/c%61fé/'])(
    'may have characters that are percent-encoded in URLs: %s',
    async (mount) => {
      for (const path of ['/café/plain', '/caf%c3%a9/pl%61in']) {
        const { answer, base, server } = await ask(mount, path)
        expect(answer).toBe('pong')
        expect((await refused(`${base}/cafe/plain`)).status).toBe(404)
        expect(server.explain('/caf%C3%A9/plain')).toMatchObject({ route: 'plain' })
      }
    },
  )

  test.each<[string, ServerOptions['mount']]>([
    ['a prefix that is not percent-encoded properly', '/100%'],
    ['a prefix with half a character', '/\uD800'],
    ['a prefix with a query', '/api?x=1'],
    ['a prefix with a fragment', '/api#top'],
    ['a prefix with a backslash', '/a\\b'],
    ['a prefix that URLs shorten', '/a/../b'],
    ['a prefix that URLs shorten, encoded', '/a/%2e'],
    ['a prefix with an empty segment', '/a//b'],
    ['a route at a path with a query', { routes: { plain: '/plain?' } }],
    ['a route that is none', { routes: { nowhere: '/x' } }],
    ['a path without a parameter of the route', { routes: { lab: '/lab' } }],
    ['a path with another parameter', { routes: { plain: '/plain/{x}' } }],
    ['a prefix with a parameter', '/{tenant}'],
    ['a prefix without a slash', 'api'],
  ])('cannot be %s', (_what, mount) => {
    expect(() =>
      createServer({ lab: labHandlers(), plain: { ping: () => 'pong' } }, { mount: mount ?? '' }),
    ).toThrow(TypeError)
  })
})

/** A certificate that nobody trusts, and that holds for a hundred years. */
async function readCertificate(): Promise<{ key: Buffer; cert: Buffer }> {
  const read = (name: string) => readFile(new URL(`fixtures/${name}`, import.meta.url))
  return { key: await read('localhost.key'), cert: await read('localhost.crt') }
}
