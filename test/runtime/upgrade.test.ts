import { createServer as createHttpServer, get, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApiServer } from '@wirepact/runtime'
import { afterEach, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { RawClient } from '../support/raw-client.js'
import { createServer } from './api/generated/server.js'
import { labHandlers, startLab, stopLabs } from './lab.js'

afterEach(stopLabs)

interface Refusal {
  readonly status: number | undefined
  readonly type: string | undefined
  readonly body: { code: string; status: number; problems?: { path: string; keyword: string }[] }
}

/** Tries to open a WebSocket and answers how it was refused. */
function refused(
  url: string,
  options: WebSocket.ClientOptions & { protocols?: string[] } = {},
): Promise<Refusal> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, options.protocols ?? [], options)
    socket.on('open', () => reject(new Error('was accepted')))
    socket.on('error', () => undefined)
    socket.on('unexpected-response', (_request, response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () => {
        const type = response.headers['content-type']
        resolve({ status: response.statusCode, type, body: JSON.parse(text) as Refusal['body'] })
      })
    })
  })
}

test('a required list of which the query has nothing is empty, and an optional one is not there', async () => {
  const seen: unknown[] = []
  const validator = { check: (value: unknown) => seen.push(value) > 0, explain: async () => [] }
  const query = { convert: { all: ['integer', 'required'], some: ['string'] }, validator } as const
  const route = { name: 'lists', path: '/lists', query, receives: {}, sends: {}, channels: {} }
  const definition = { title: 'Lists', version: '1', contract: 'x', routes: [route] }
  const server = createApiServer(definition, { lists: {} })
  const { port } = await server.listen({ port: 0, host: '127.0.0.1' })
  try {
    for (const text of ['', '?all=1&some=a']) await RawClient.open(`ws://127.0.0.1:${port}/lists${text}`)
    expect(seen).toEqual([{ all: [] }, { all: [1], some: ['a'] }])
  } finally {
    await server.close()
  }
})

describe('a refusal before the upgrade', () => {
  test.each([
    ['an unknown path', '/nowhere', 404, 'ROUTE_NOT_FOUND'],
    ['a path that only begins like a route', '/labs/lobby?name=a', 404, 'ROUTE_NOT_FOUND'],
    ['a path with a segment too many', '/lab/lobby/more?name=a', 404, 'ROUTE_NOT_FOUND'],
    ['an empty parameter', '/lab/?name=a', 404, 'ROUTE_NOT_FOUND'],
    ['a parameter that is a dot', '/lab/%2E?name=a', 404, 'ROUTE_NOT_FOUND'],
    ['a parameter that leads to another folder', '/lab/..%2fetc?name=a', 404, 'ROUTE_NOT_FOUND'],
    ['broken percent-encoding', '/lab/%E0%A4?name=a', 400, 'INVALID_PATH'],
    ['a parameter that does not fit', '/lab/LOBBY?name=a', 400, 'INVALID_PARAMS'],
    ['a parameter with an encoded newline', '/lab/lobby%0A?name=a', 400, 'INVALID_PARAMS'],
    ['a missing query parameter', '/lab/lobby', 400, 'INVALID_QUERY'],
    ['an empty query parameter', '/lab/lobby?name=', 400, 'INVALID_QUERY'],
    ['a word where a number is due', '/lab/lobby?name=a&level=many', 400, 'INVALID_QUERY'],
    ['too many of a repeated parameter', '/lab/lobby?name=a&tags=1&tags=2&tags=3', 400, 'INVALID_QUERY'],
    ['a single parameter that comes twice', '/lab/lobby?name=a&name=b', 400, 'INVALID_QUERY'],
  ])('keeps its status and names its code: %s', async (_what, path, status, code) => {
    const { port } = await startLab()
    const refusal = await refused(`ws://127.0.0.1:${port}${path}`)
    expect(refusal).toMatchObject({ status, type: 'application/problem+json', body: { code, status } })
  })

  test('names the parameter that does not fit', async () => {
    const lab = await startLab()
    const { body } = await refused(lab.url('lobby', 'name=a&level=-1'))
    expect(body.problems).toEqual([expect.objectContaining({ path: '/level', keyword: 'minimum' })])
  })

  test('is 403 for a page of another site, and for a sandboxed one', async () => {
    const lab = await startLab()
    for (const origin of ['https://evil.example', 'null', 'file://']) {
      expect(await refused(lab.url(), { origin })).toMatchObject({
        status: 403,
        body: { code: 'ORIGIN_REFUSED' },
      })
    }
  })

  test('is 400 for a client that offers other subprotocols only', async () => {
    const lab = await startLab()
    const refusal = await refused(lab.url(), { protocols: ['graphql-ws'] })
    expect(refusal).toMatchObject({ status: 400, body: { code: 'SUBPROTOCOL_REFUSED' } })
  })

  test.each(['wirepact.v1.json, wirepact.v1.json', ',wirepact.v1.json', 'wirepact.v1.json, a b'])(
    'is 400 for a list of subprotocols that is malformed: %s',
    async (offered) => {
      const lab = await startLab()
      const headers = { 'sec-websocket-protocol': offered }
      expect(await refused(lab.url(), { headers })).toMatchObject({
        status: 400,
        type: 'application/problem+json',
        body: { code: 'INVALID_HANDSHAKE' },
      })
    },
  )

  test('is 503 when there are as many connections as there may be', async () => {
    const lab = await startLab({}, { limits: { maxConnections: 1 } })
    await RawClient.open(lab.url())
    expect(await refused(lab.url())).toMatchObject({ status: 503, body: { code: 'TOO_MANY_CONNECTIONS' } })
  })

  test.each([
    ['POST', { connection: 'upgrade', upgrade: 'websocket' }, 405, 'METHOD_NOT_ALLOWED'],
    ['GET', { connection: 'upgrade', upgrade: 'h2c' }, 426, 'UPGRADE_REQUIRED'],
    [
      'GET',
      { connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-version': '12' },
      426,
      'UPGRADE_REQUIRED',
    ],
    [
      'GET',
      { connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
      400,
      'INVALID_HANDSHAKE',
    ],
  ])('answers a malformed handshake: %s %o', async (method, headers, status, code) => {
    const { port } = await startLab()
    const answer = await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const path = '/lab/lobby?name=a'
      const sent = httpRequest({ port, host: '127.0.0.1', path, method, headers }, (response) => {
        let body = ''
        response.on('data', (chunk) => (body += chunk))
        response.on('end', () => resolve({ status: response.statusCode, body }))
      })
      sent.on('error', reject).end()
    })
    expect(answer.status).toBe(status)
    expect(JSON.parse(answer.body)).toMatchObject({ code })
  })
})

describe('a plain HTTP request', () => {
  test('is answered 426 at a route and 404 elsewhere', async () => {
    const { port } = await startLab()
    const at = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status
    expect(await at('/plain')).toBe(426)
    expect(await at('/elsewhere')).toBe(404)
  })
})

describe('an accepted connection', () => {
  test('is given its subprotocol', async () => {
    const lab = await startLab()
    const client = await RawClient.open(lab.url())
    expect(client.socket.protocol).toBe('wirepact.v1.json')
  })

  test('needs no subprotocol', async () => {
    const lab = await startLab()
    const client = await RawClient.open(lab.url(), { protocols: [] })
    expect(client.socket.protocol).toBe('')
    expect(await client.ask(1, 'add', { a: 1, b: 2 })).toEqual({ sum: 3 })
  })

  test('comes from a page that this host served, whichever way the port is written', async () => {
    const lab = await startLab()
    const origin = `http://127.0.0.1:${lab.port}`
    expect((await RawClient.open(lab.url(), { origin })).all('welcome')).toHaveLength(1)
    const headers = { host: 'example.org:443' }
    const https = await RawClient.open(lab.url(), { origin: 'https://example.org', headers })
    expect(https.all('welcome')).toHaveLength(1)
  })

  test('comes from the origins that were allowed, and no others', async () => {
    const lab = await startLab({}, { origins: ['https://app.example'] })
    await RawClient.open(lab.url(), { origin: 'https://app.example' })
    const refusal = await refused(lab.url(), { origin: `http://127.0.0.1:${lab.port}` })
    expect(refusal.body.code).toBe('ORIGIN_REFUSED')
  })

  test('comes from no origin of which a rule does not say that it may', async () => {
    const later = (() => Promise.resolve(true)) as unknown as () => boolean
    const text = 'http://app.example' as unknown as string[]
    for (const origins of [later, text]) {
      const lab = await startLab({}, { origins })
      const refusal = await refused(lab.url(), { origin: 'http://app.exam' })
      expect(refusal.body.code).toBe('ORIGIN_REFUSED')
    }
  })

  test('gives its handlers typed parameters, decoded', async () => {
    let seen: unknown
    const lab = await startLab({
      connect({ params, query }) {
        seen = { params, query }
      },
    })
    await RawClient.open(lab.url('%6Cobby', 'name=J%C3%BCrgen+M&level=7&tags=a&tags=b&other=1'))
    expect(seen).toEqual({
      params: { roomId: 'lobby' },
      query: { name: 'Jürgen M', level: 7, tags: ['a', 'b'] },
    })
  })

  test('gives its handlers the details of the request', async () => {
    let seen: Record<string, unknown> = {}
    const lab = await startLab({
      connect(ctx) {
        seen = { ...ctx.request }
      },
    })
    const headers = { cookie: 'a=1; b="x%20y"; a=2', 'user-agent': 'probe' }
    await RawClient.open(lab.url(), { headers, origin: `http://127.0.0.1:${lab.port}` })
    expect(seen).toMatchObject({
      path: '/lab/lobby',
      url: '/lab/lobby?name=ada',
      cookies: { a: '1', b: 'x y' },
      userAgent: 'probe',
      origin: `http://127.0.0.1:${lab.port}`,
      remote: { address: '127.0.0.1', port: expect.any(Number) },
    })
  })
})

describe('an HTTP server of somebody else', () => {
  test('keeps its own requests, and its own upgrades at other paths', async () => {
    const http = createHttpServer((_request, response) => response.end('page'))
    http.on('upgrade', (request, socket) => {
      if (request.url === '/other') socket.end('HTTP/1.1 418 I am a teapot\r\nconnection: close\r\n\r\n')
    })
    const server = createServer({ lab: labHandlers(), plain: { ping: () => 'pong' } })
    await server.attach(http)
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const { port } = http.address() as AddressInfo
    try {
      expect(await (await fetch(`http://127.0.0.1:${port}/plain`)).text()).toBe('page')
      const client = await RawClient.open(`ws://127.0.0.1:${port}/plain`)
      expect(await client.ask(1, 'ping', null)).toBe('pong')
      const headers = { connection: 'upgrade', upgrade: 'websocket' }
      const status = await new Promise((resolve) => {
        get({ port, host: '127.0.0.1', path: '/other', headers }, (response) => resolve(response.statusCode))
      })
      expect(status).toBe(418)
    } finally {
      await server.close()
      http.close()
    }
    expect(http.listening).toBe(false)
  })

  test('may serve several APIs: each has its paths, and what nobody has is 404', async () => {
    const http = createHttpServer()
    const servers = [1, 2].map(() => createServer({ lab: labHandlers(), plain: { ping: () => 'pong' } }))
    const other = createApiServer({ title: 'Other', version: '1', contract: 'x', routes: [] }, {})
    for (const server of [other, ...servers]) await server.attach(http)
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const { port } = http.address() as AddressInfo
    try {
      expect(await (await RawClient.open(`ws://127.0.0.1:${port}/plain`)).ask(1, 'ping', null)).toBe('pong')
      expect(await refused(`ws://127.0.0.1:${port}/nowhere`)).toMatchObject({ status: 404 })
      expect(await refused(`ws://127.0.0.1:${port}/%E0`)).toMatchObject({ body: { code: 'INVALID_PATH' } })
    } finally {
      await Promise.all([other, ...servers].map((server) => server.close()))
      http.close()
    }
  })
})
