import type { Grant, Logger, Middleware, UpgradeContext } from '@wirepact/runtime'
import {
  authenticate,
  bearer,
  cookie,
  logging,
  origin,
  query,
  rateLimit,
  ticket,
} from '@wirepact/runtime/middleware'
import { FakeClock } from '@wirepact/runtime/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { refused } from '../support/refused.js'
import { stopBenches } from './support/bench.js'
import { startNoted } from './support/middleware-bench.js'

afterEach(stopBenches)

/** A server that knows one token, and says who its clients are. */
async function startKnown(from: Parameters<typeof authenticate>[0]['from'], options = {}) {
  const users: unknown[] = []
  const asked: string[] = []
  const bench = await startNoted({ connect: (ctx) => void users.push(ctx.user) }, options)
  const verify = async (credential: string) => {
    asked.push(credential)
    if (credential === 'broken') throw new Error('secret')
    return credential === 'good' ? { user: 'ada' } : undefined
  }
  bench.server.use(authenticate({ from, verify }))
  return { ...bench, users, asked }
}

const authorization = (text: string) => ({ headers: { authorization: text } })

describe('authenticate', () => {
  test.each([
    ['a bearer token', bearer(), authorization('Bearer good'), ''],
    ['a bearer token, whatever the case of its scheme', bearer(), authorization('bearer  good '), ''],
    ['a cookie', cookie('sid'), { headers: { cookie: 'a=1; sid=good' } }, ''],
    ['a query parameter', query('token'), {}, '?token=good'],
    ['a ticket', ticket(), { hello: { token: 'good' } }, ''],
    ['one of several', [cookie('sid'), bearer(), ticket()], authorization('Bearer good'), ''],
    ['the ticket where the request has nothing', [cookie('sid'), ticket()], { hello: { token: 'good' } }, ''],
  ])('lets in, and grants to, who shows %s', async (_what, from, options, search) => {
    const { url, users, asked } = await startKnown(from)
    const client = await RawClient.open(url + search, options)
    expect(client.all('welcome')).toHaveLength(1)
    expect([users, asked]).toEqual([['ada'], ['good']])
  })

  test.each([
    ['nothing', {}, ''],
    ['another token', authorization('Bearer bad'), ''],
    ['another scheme', authorization('Basic good'), ''],
    ['a token with more behind it', authorization('Bearer good good'), ''],
    ['an empty token', authorization('Bearer '), ''],
    ['an empty cookie', { headers: { cookie: 'sid=' } }, ''],
    ['the token in a place that is not asked', {}, '?token=good'],
  ])('refuses %s with 401, always in the same words', async (_what, options, search) => {
    const { url, seen } = await startKnown([bearer(), cookie('sid')])
    const { status, body } = await refused(url + search, options)
    expect([status, body.code]).toEqual([401, 'UNAUTHENTICATED'])
    expect(body.detail).toBe('Nobody is known by this credential.')
    expect(seen).toEqual([])
  })

  test.each([[{}], [{ token: 'bad' }], [{ token: 7 }]])(
    'closes with 4501 for the ticket %j',
    async (hello) => {
      const { url, users } = await startKnown(ticket())
      const end = await (await RawClient.open(url, { hello })).ended
      expect(end).toEqual({ code: 4501, reason: 'Nobody is known by this credential.' })
      expect(users).toEqual([])
    },
  )

  test('does not fall back to the ticket when what the request shows does not hold', async () => {
    const { url } = await startKnown([bearer(), ticket()])
    expect((await refused(url, authorization('Bearer bad'))).status).toBe(401)
  })

  test('fails closed so that clients come back, and is logged, when it cannot be verified', async () => {
    const { url, logged, users } = await startKnown([bearer(), ticket()])
    expect(await refused(url, authorization('Bearer broken'))).toMatchObject({ status: 500 })
    const client = await RawClient.open(url, { hello: { token: 'broken' } })
    expect((await client.ended).code).toBe(1011)
    expect(logged.filter(({ level }) => level === 'error')).toHaveLength(2)
    expect(users).toEqual([])
  })

  test.each([[true], ['ada'], [1], [null], [false]])('takes %j of verify for nobody', async (answer) => {
    const { url, server } = await startNoted()
    server.use(authenticate({ from: bearer(), verify: () => answer as unknown as Grant }))
    expect((await refused(url, authorization('Bearer x'))).status).toBe(401)
  })

  test('needs a place to look in', () => {
    expect(() => authenticate({ from: [], verify: () => ({}) })).toThrow(TypeError)
  })
})

describe('rateLimit', () => {
  const tooOften = expect.objectContaining({ code: 'RATE_LIMITED', data: { retryAfterMs: 1000 } })

  test('answers messages that come too often, names how long to wait, and lets them in again', async () => {
    const clock = new FakeClock()
    const { url, server } = await startNoted()
    server.use(rateLimit({ per: 'connection', perSecond: 1, burst: 1, clock }))
    const [client, other] = [await RawClient.open(url), await RawClient.open(url)]
    expect(await client.ask(1, 'double', 1)).toBe(2)
    expect(await client.ask(2, 'double', 2)).toEqual(tooOften)
    client.send(['event', 'say', 'x'])
    expect(await client.next('error', null)).toMatchObject({ 2: { code: 'RATE_LIMITED', name: 'say' } })
    expect(await other.ask(1, 'double', 1)).toBe(2)
    await clock.advance(1000)
    expect(await client.ask(3, 'double', 3)).toBe(6)
  })

  test('warns before it closes', async () => {
    const { url, server } = await startNoted({}, { limits: { maxInvalid: 2, invalidPerSecond: 0 } })
    server.use(rateLimit({ per: 'connection', perSecond: 0.001, burst: 1 }))
    const client = await RawClient.open(url)
    for (let id = 0; id < 5; id++) client.send(['request', id, 'double', id])
    expect((await client.ended).code).toBe(4505)
    expect(client.all('error')).toHaveLength(2)
  })

  test('counts the connections of a user or an address together', async () => {
    for (const per of ['user', 'address'] as const) {
      const { url, server } = await startNoted({ connect: (ctx) => ctx.grant({ user: 'ada' }) })
      server.use(rateLimit({ per, perSecond: 0.001, burst: 1 }))
      const [first, second] = [await RawClient.open(url), await RawClient.open(url)]
      expect(await first.ask(1, 'double', 1)).toBe(2)
      expect(await second.ask(1, 'double', 1)).toMatchObject({ code: 'RATE_LIMITED' })
    }
  })

  test('refuses attempts to connect with 429', async () => {
    const { url, server } = await startNoted()
    server.use(rateLimit({ of: 'connects', per: 'address', perSecond: 0.1, burst: 1 }))
    await RawClient.open(url)
    const { status, headers } = await refused(url)
    expect([status, headers['retry-after']]).toEqual([429, '10'])
  })

  test('tells a time also where there never is another one', async () => {
    const { url, server } = await startNoted()
    server.use(rateLimit({ of: 'connects', per: 'address', perSecond: 0, burst: 1 }))
    await RawClient.open(url)
    const { headers } = await refused(url)
    expect(headers['retry-after']).toMatch(/^\d+$/)
  })

  test('refuses rates that are none', () => {
    const valid = { per: 'address', perSecond: 1, burst: 1 } as const
    for (const wrong of [{ perSecond: -1 }, { burst: 0 }, { maxKeys: 0 }, { perSecond: Number.NaN }])
      expect(() => rateLimit({ ...valid, ...wrong })).toThrow(RangeError)
    expect(() => rateLimit({ ...valid, of: 'connects', per: 'user' })).toThrow(TypeError)
  })
})

describe('logging', () => {
  test('writes down what happens, and never a payload, token, header or query', async () => {
    const lines: [string, object, string][] = []
    const log = (level: string) => (details: object, message: string) =>
      void lines.push([level, details, message])
    const logger: Logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') }
    const { url, server } = await startNoted({
      double: () => {
        throw new Error('secret')
      },
    })
    server.use(logging(logger, { clock: new FakeClock() }))
    const client = await RawClient.open(`${url}?q=secret`, {
      hello: { token: 'secret' },
      headers: { 'x-secret': 'secret', cookie: 'sid=secret' },
    })
    client.send(['event', 'say', 'secret'])
    await client.ask(1, 'double', 1)
    await expect.poll(() => lines.length).toBe(4)
    expect(lines.map(([level, details]) => [level, details])).toMatchObject([
      ['info', { route: 'bench', path: '/bench', remoteAddress: '127.0.0.1', durationMs: 0 }],
      ['info', { route: 'bench', connection: expect.any(String) }],
      ['info', { message: 'say', kind: 'event' }],
      ['warn', { message: 'double', kind: 'request', code: 'INTERNAL' }],
    ])
    expect(JSON.stringify(lines)).not.toContain('secret')
  })
})

describe('origin', () => {
  test('is stricter than the server for its scope', async () => {
    const { url, server } = await startNoted({}, { origins: 'any' })
    server.use(origin(['https://app.example']), { route: 'bench' })
    await RawClient.open(url, { origin: 'https://app.example' })
    const refusal = await refused(url, { origin: 'https://evil.example' })
    expect([refusal.status, refusal.body.code]).toEqual([403, 'ORIGIN_REFUSED'])
  })
})

test('what is granted before the upgrade is seen by the middleware inside', async () => {
  const { url, server, seen } = await startNoted({ connect: () => undefined })
  const first: Middleware = {
    upgrade(ctx: UpgradeContext, next) {
      ctx.grant({ user: 'ada', scopes: ['admin'] })
      return next()
    },
  }
  server.use(first).use((ctx, next) => {
    seen.push(ctx.granted)
    return next()
  })
  await RawClient.open(url)
  expect(seen).toEqual([{ user: 'ada', scopes: ['admin'] }])
})
