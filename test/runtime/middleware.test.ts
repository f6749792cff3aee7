import { once } from 'node:events'
import { type Middleware, refuse, WirepactError } from '@wirepact/runtime'
import { MemoryNetwork } from '@wirepact/runtime/testing'
import { afterEach, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { RawClient } from '../support/raw-client.js'
import { refused } from '../support/refused.js'
import { deferred } from './lab.js'
import { type BenchContext, startBench, stopBenches } from './support/bench.js'
import { startNoted } from './support/middleware-bench.js'

afterEach(stopBenches)

/** How a WebSocket that could be opened was closed. */
async function closing(url: string, protocol?: string): Promise<readonly [number, string]> {
  const socket = new WebSocket(url, protocol)
  const [code, reason] = await once(socket, 'close')
  return [code, String(reason)]
}

describe('middleware before the upgrade', () => {
  test('runs in the order in which it was added, the first outermost', async () => {
    const { server, url, seen, note } = await startNoted()
    server
      .use(note('a'))
      .use({ upgrade: note('b') }, { route: 'bench' })
      .use({ upgrade: note('c') }, { path: '/' })
    await RawClient.open(url)
    expect(seen).toEqual(['a in', 'b in', 'c in', 'c out', 'b out', 'a out', 'connect'])
  })

  test('refuses with 403 when it does not go on, and those inside are not asked', async () => {
    const { server, url, seen, note } = await startNoted()
    server.use(() => undefined).use(note('inner'))
    expect(await refused(url)).toMatchObject({ status: 403, body: { code: 'REFUSED', status: 403 } })
    expect(seen).toEqual([])
  })

  test('refuses with the status, code, text and headers that it says', async () => {
    const { server, url } = await startNoted()
    server.use(() => {
      throw refuse({
        status: 402,
        code: 'UNPAID',
        message: 'Pay.',
        headers: { 'X-Price': '3', 'content-length': '1' },
      })
    })
    const { status, headers, body } = await refused(url)
    expect([status, headers['content-type'], headers['x-price']]).toEqual([
      402,
      'application/problem+json',
      '3',
    ])
    expect(body).toMatchObject({ code: 'UNPAID', detail: 'Pay.', title: 'Payment Required' })
  })

  test('refuses with a close code by completing the upgrade, and no connection is made', async () => {
    const { server, url, seen } = await startNoted()
    server.use(() => {
      throw refuse({ code: 4100, reason: 'unpaid' })
    })
    expect(await closing(url)).toEqual([4100, 'unpaid'])
    expect(await closing(url, 'wirepact.v1.json'), 'as browsers need it').toEqual([4100, 'unpaid'])
    expect([seen, server.connections, server.counters.connections]).toEqual([[], 0, 0])
  })

  test('refuses with an error of the table', async () => {
    const { server, url } = await startNoted()
    server.use(() => {
      throw new WirepactError('UNAUTHENTICATED', 'Who are you?')
    })
    expect(await refused(url)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } })
  })

  test.each<[string, unknown]>([
    ['any error', new Error('secret')],
    ['no error at all', 'secret'],
    ['an error of its own code', new WirepactError('SECRET', 'secret')],
    ['an error that is not for clients', new WirepactError('NOT_SERIALIZABLE', 'secret')],
  ])('fails closed with 500 and a log entry when it throws %s', async (_what, thrown) => {
    const { server, url, logged, seen } = await startNoted()
    server.use(() => {
      throw thrown
    })
    const { status, body } = await refused(url)
    expect([status, body.code]).toEqual([500, 'INTERNAL'])
    expect(JSON.stringify(body)).not.toMatch(/secret/i)
    const type = thrown instanceof Error ? thrown.name : 'string'
    expect(logged).toMatchObject([{ level: 'error', details: { err: { type } } }])
    expect(seen).toEqual([])
  })

  test('cannot turn a refusal inside of it into a success', async () => {
    const { server, url } = await startNoted()
    server.use(async (_ctx, next) => {
      await next().catch(() => undefined)
    })
    server.use(() => undefined)
    expect((await refused(url)).status).toBe(403)
  })

  test('fails closed when it goes on twice, or after it has returned', async () => {
    const { server, url } = await startNoted()
    server.use(async (_ctx, next) => {
      await next()
      await next()
    })
    expect((await refused(url)).status).toBe(500)
    const late = deferred<unknown>()
    const other = await startNoted()
    other.server.use((_ctx, next) => {
      setTimeout(() => {
        try {
          void next()
        } catch (error) {
          late.resolve(error)
        }
      }, 5)
    })
    expect((await refused(other.url)).status).toBe(403)
    expect(String(await late.promise)).toContain('after it had returned')
  })

  test('is given no longer than a handshake may take', async () => {
    const { server, url } = await startNoted({}, { limits: { handshakeTimeoutMs: 30, maxConnections: 1 } })
    server.use(() => new Promise(() => undefined), { path: '/bench' })
    expect(await refused(url)).toMatchObject({ status: 503, body: { code: 'HANDSHAKE_TIMEOUT' } })
    expect(await refused(url), 'the seat was given back').toMatchObject({
      body: { code: 'HANDSHAKE_TIMEOUT' },
    })
  })

  test('holds no place for a client that has gone, and can stop its own work', async () => {
    const asked = deferred<AbortSignal>()
    const { server, url, seen } = await startNoted(
      {},
      { limits: { maxConnections: 1, handshakeTimeoutMs: 600_000 } },
    )
    const answer = deferred<void>()
    server.use(async (ctx, next) => {
      if (ctx.query.level === 7) {
        asked.resolve(ctx.signal)
        await answer.promise
      }
      await next()
    })
    const socket = new WebSocket(`${url}?level=7`)
    socket.on('error', () => undefined)
    const signal = await asked.promise
    expect(signal.aborted).toBe(false)
    socket.terminate()
    await once(signal, 'abort')
    const other = await RawClient.open(url)
    answer.resolve()
    await new Promise((resolve) => setImmediate(resolve))
    expect((await refused(url)).body, 'it is given back once').toMatchObject({ code: 'TOO_MANY_CONNECTIONS' })
    expect([seen, server.connections]).toEqual([['connect'], 1])
    other.terminate()
  })

  test('is told that its time is over', async () => {
    const { server, url } = await startNoted({}, { limits: { handshakeTimeoutMs: 30 } })
    let signal: AbortSignal | undefined
    server.use((ctx) => {
      signal = ctx.signal
      return new Promise(() => undefined)
    })
    expect((await refused(url)).body).toMatchObject({ code: 'HANDSHAKE_TIMEOUT' })
    expect(signal?.aborted).toBe(true)
  })

  test('sees what was validated, sets headers and state, and grants', async () => {
    const context = deferred<BenchContext>()
    const { server, url } = await startNoted({ connect: (ctx) => context.resolve(ctx) })
    server.use(async (ctx, next) => {
      ctx.setHeader('x-level', String(ctx.query.level === 7))
      ctx.setHeader('Set-Cookie', ['a=1', 'b=2'])
      ctx.state.from = [ctx.route, ctx.request.path]
      ctx.grant({ user: 'ada', scopes: ['read'] })
      await next()
    })
    const socket = new WebSocket(`${url}?level=7`)
    const [response] = await once(socket, 'upgrade')
    expect(response.headers).toMatchObject({ 'x-level': 'true', 'set-cookie': ['a=1', 'b=2'] })
    socket.send('["hello",{}]')
    const ctx = await context.promise
    expect([ctx.state, ctx.user]).toEqual([{ from: ['bench', '/bench'] }, 'ada'])
    socket.terminate()
  })

  test('leaves what the state of a connection starts with', async () => {
    const states: unknown[] = []
    const start = { count: 0 }
    const connect = (ctx: BenchContext) => void states.push(ctx.state)
    const { server, url } = await startBench({ state: start }, { connect })
    server.use((ctx, next) => {
      ctx.state.from = 'middleware'
      return next()
    })
    await RawClient.open(url)
    await RawClient.open(url)
    expect(states).toEqual([1, 2].map(() => ({ count: 0, from: 'middleware' })))
    expect(start).toEqual({ count: 0 })
  })

  test.each([
    ['sec-websocket-accept', 'x'],
    ['Connection', 'close'],
    ['x-a\r\nx-b', '1'],
    ['x-a', '1\r\nx-b: 2'],
  ])('cannot write %j: %j into the handshake', async (name, value) => {
    const { server, url } = await startNoted()
    server.use((ctx, next) => {
      ctx.setHeader(name, value)
      return next()
    })
    expect((await refused(url)).status).toBe(500)
  })

  test('refuses in the test network as over a real one', async () => {
    const { server } = await startNoted()
    server.use((ctx) => {
      throw ctx.query.level === 1 ? refuse({ code: 4100 }) : refuse({ status: 402, code: 'UNPAID' })
    })
    const { WebSocket: MemorySocket } = new MemoryNetwork(server)
    const end = (url: string) =>
      new Promise<unknown>((resolve) => {
        const socket = new MemorySocket(url)
        socket.onclose = ({ code }) => resolve(code)
      })
    expect([await end('ws://test/bench?level=1'), await end('ws://test/bench')]).toEqual([4100, 1006])
  })
})

describe('middleware around the connect handler', () => {
  test('runs around it, with the token of the client', async () => {
    const { server, url, seen } = await startNoted()
    server.use({
      async connect(ctx, next) {
        seen.push(ctx.token)
        await next()
        seen.push('after')
      },
    })
    await RawClient.open(url, { hello: { token: 'abc' } })
    expect(seen).toEqual(['abc', 'connect', 'after'])
  })

  test.each<[string, Middleware['connect'], number]>([
    ['does not go on', () => undefined, 4503],
    ['refuses with a code', () => Promise.reject(refuse({ code: 4100, reason: 'x' })), 4100],
    ['refuses with a status', () => Promise.reject(refuse({ status: 429 })), 1013],
    [
      'refuses with an error of the table',
      () => Promise.reject(new WirepactError('UNAUTHENTICATED', 'x')),
      4501,
    ],
    ['throws anything else', () => Promise.reject(new Error('secret')), 1011],
  ])('closes when it %s', async (_what, connect, code) => {
    const { server, url, seen } = await startNoted()
    server.use({ connect } as Middleware)
    const client = await RawClient.open(url)
    const end = await client.ended
    expect(end.code).toBe(code)
    expect(end.reason).not.toContain('secret')
    expect([seen, client.frames]).toEqual([[], []])
  })

  test('is needed even where there is no connect handler', async () => {
    const bench = await startBench({ receives: {} }, {})
    bench.server.use({ connect: () => undefined })
    expect(await (await RawClient.open(bench.url)).ended).toMatchObject({ code: 4503 })
  })
})

describe('use', () => {
  test.each<[string, () => [never, never?]]>([
    ['nothing', () => [{} as never]],
    ['a stage that is no function', () => [{ upgrade: 1 } as never]],
    [
      'a route that is none',
      () => [((_: unknown, next: () => unknown) => next()) as never, { route: 'x' } as never],
    ],
    ['a path that no route is below', () => [(() => undefined) as never, { path: '/ben' } as never]],
    [
      'a message that is none',
      () => [{ message: () => undefined } as never, { route: 'bench', message: 'x' } as never],
    ],
    [
      'an upgrade for one message',
      () => [(() => undefined) as never, { route: 'bench', message: 'say' } as never],
    ],
  ])('refuses %s, because it would guard nothing', async (_what, make) => {
    const { server, url } = await startNoted()
    expect(() => server.use(...make())).toThrow(TypeError)
    expect((await RawClient.open(url)).all('welcome')).toHaveLength(1)
  })
})
