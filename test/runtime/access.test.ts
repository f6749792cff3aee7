import { FakeClock } from '@wirepact/runtime/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import {
  aNumber,
  anything,
  type BenchContext,
  type BenchHandlers,
  type BenchRoute,
  startBench,
  stopBenches,
} from './support/bench.js'

afterEach(stopBenches)

type Grant = Parameters<BenchContext['grant']>[0]

const request = { kind: 'request', input: anything, output: anything, errors: {} } as const
const channel = { join: 'open', messages: { item: { data: anything, history: false } } } as const

const route: BenchRoute = {
  receives: {
    free: request,
    known: { ...request, auth: 'required' },
    admin: { ...request, auth: ['read', 'write'] },
    say: { kind: 'event', data: anything, auth: 'required' },
    count: { kind: 'stream', input: anything, item: anything, errors: {}, auth: ['read'] },
    login: request,
  },
  sends: { secret: { kind: 'event', data: anything, auth: ['read'] } },
  channels: { members: { ...channel, name: 'members', auth: ['read'] } },
}

/** A connection to the route, whose `login` request grants what it is given. */
async function open(replaced: BenchRoute = {}, handlers: BenchHandlers = {}) {
  const said: unknown[] = []
  let context: BenchContext | undefined
  const bench = await startBench(
    { ...route, ...replaced },
    {
      free: () => 'free',
      known: () => 'known',
      admin: () => 'admin',
      say: (_ctx: BenchContext, data: unknown) => void said.push(data),
      count: () => [1, 2],
      login: (ctx: BenchContext, grant: Grant) => ctx.grant(grant),
      connect: (ctx) => {
        context = ctx
      },
      ...handlers,
    },
  )
  const client = await RawClient.open(bench.url)
  return { client, said, ctx: () => context as BenchContext, bench }
}

const unauthenticated = { code: 'UNAUTHENTICATED' }
const forbidden = { code: 'FORBIDDEN' }

describe('a message that is for some alone', () => {
  test('is refused to those who were granted nothing, and no handler is called', async () => {
    const { client, said, ctx } = await open()
    expect(await client.ask(1, 'known', null)).toMatchObject(unauthenticated)
    expect(await client.ask(2, 'admin', null)).toMatchObject(unauthenticated)
    client.send(['event', 'say', 'hi'])
    expect(await client.next('error')).toMatchObject(['error', null, { ...unauthenticated, name: 'say' }])
    client.send(['stream', 3, 'count', null, 9])
    expect(await client.next('error')).toMatchObject(['error', 3, unauthenticated])
    client.send(['subscribe', 4, 'members', {}])
    expect(await client.next('error')).toMatchObject(['error', 4, unauthenticated])
    await expect(ctx().channels.members?.().join()).rejects.toMatchObject(unauthenticated)
    expect(() => ctx().client.secret?.(1)).toThrow(expect.objectContaining(unauthenticated))
    expect(await client.ask(5, 'free', null)).toBe('free')
    expect(said).toEqual([])
    expect(client.all('joined')).toEqual([])
  })

  test('is for those who have every scope that it names', async () => {
    const { client, said, ctx } = await open()
    await client.ask(1, 'login', {})
    expect(await client.ask(2, 'known', null)).toBe('known')
    expect(await client.ask(3, 'admin', null)).toMatchObject(forbidden)
    await client.ask(4, 'login', { scopes: ['read'] })
    expect(await client.ask(5, 'admin', null)).toMatchObject(forbidden)
    client.send(['subscribe', 6, 'members', {}])
    await client.next('joined', 6)
    void ctx().client.secret?.('psst')
    expect(await client.next('event')).toEqual(['event', 'secret', 'psst'])
    await client.ask(7, 'login', { scopes: ['write', 'read', 'more'] })
    expect(await client.ask(8, 'admin', null)).toBe('admin')
    client.send(['event', 'say', 'hi'])
    await client.ask(9, 'free', null)
    expect(said).toEqual(['hi'])
  })

  test('is refused again when the grant has expired, or was replaced by a smaller one', async () => {
    let now = 1_000_000
    const clock = {
      now: () => now,
      startTimer: (run: () => void, delayMs: number) => setTimeout(run, delayMs).unref(),
      stopTimer: (timer: unknown) => clearTimeout(timer as NodeJS.Timeout),
    }
    const bench = await startBench(
      route,
      {
        ...Object.fromEntries(Object.keys(route.receives ?? {}).map((name) => [name, () => name])),
        login: (ctx: BenchContext, grant: Grant) => ctx.grant(grant),
      },
      { environment: { clock } },
    )
    const client = await RawClient.open(bench.url)
    await client.ask(1, 'login', { expiresAt: now + 1000 })
    expect(await client.ask(2, 'known', null)).toBe('known')
    now += 1000
    expect(await client.ask(3, 'known', null)).toMatchObject(unauthenticated)
    await client.ask(4, 'login', { scopes: ['read', 'write'] })
    expect(await client.ask(5, 'admin', null)).toBe('admin')
    await client.ask(6, 'login', { scopes: ['read'] })
    expect(await client.ask(7, 'admin', null)).toMatchObject(forbidden)
  })
})

describe('a grant', () => {
  test('says who it is, until another one says something else', async () => {
    const { client, ctx } = await open()
    expect(ctx().user).toBeUndefined()
    await client.ask(1, 'login', { user: 'ada', scopes: ['read'] })
    expect(ctx().user).toBe('ada')
    await client.ask(2, 'login', { user: 'grace' })
    expect(ctx().user).toBe('grace')
    await client.ask(3, 'login', {})
    expect(ctx().user).toBeUndefined()
    expect(await client.ask(4, 'known', null)).toBe('known')
  })

  test.each<[string, unknown]>([
    ['a user without a name', { user: '' }],
    ['a user that is no text', { user: 7 }],
    ['a user with too long a name', { user: 'u'.repeat(257) }],
    ['scopes that are no list', { scopes: 'admin' }],
    ['an expiry that is no number', { expiresAt: Number.NaN }],
    ['an expiry that is a date', { expiresAt: new Date(0) }],
    ['nobody that was found', undefined],
    ['nobody at all', null],
    ['an answer that is no grant', true],
  ])('with %s lets nobody in', async (_what, grant) => {
    const { ctx } = await open()
    expect(() => ctx().grant(grant as Grant)).toThrow(expect.objectContaining({ code: 'INVALID_GRANT' }))
    expect(ctx().user).toBeUndefined()
    expect(() => ctx().client.secret?.(1)).toThrow(expect.objectContaining(unauthenticated))
  })

  test('that is over when it is given says of nobody who it is', async () => {
    const clock = new FakeClock(1_000_000)
    const users: unknown[] = []
    const connect = (ctx: BenchContext) => void users.push(ctx.user)
    const bench = await startBench({}, { connect }, { environment: { clock }, limits: { pingIntervalMs: 0 } })
    bench.server.use((ctx, next) => {
      ctx.grant({ user: 'ada', expiresAt: clock.now() + 1_000 })
      return next()
    })
    await RawClient.open(bench.url)
    const late = await RawClient.open(bench.url, { hello: false })
    await clock.advance(1_000)
    late.send(['hello', {}])
    await late.next('welcome')
    expect(users).toEqual(['ada', undefined])
  })

  test('may have a longer name of a user where the server says so', async () => {
    const user = 'u'.repeat(300)
    const connect = (ctx: BenchContext) => ctx.grant({ user })
    const bench = await startBench({}, { connect }, { limits: { maxUserLength: 300 } })
    const client = await RawClient.open(bench.url)
    expect(client.all('welcome')).toHaveLength(1)
  })
})

test('the guard of a channel is asked only about those who have its scopes', async () => {
  let asked = 0
  const vault = { ...channel, join: 'guarded', name: 'vault', auth: ['read'] } as const
  const authorize = { vault: () => ++asked > 0 }
  const { client } = await open({ channels: { vault } }, { authorize })
  client.send(['subscribe', 1, 'vault', {}])
  expect(await client.next('error')).toMatchObject(['error', 1, unauthenticated])
  expect(asked).toBe(0)
  await client.ask(2, 'login', { scopes: ['read'] })
  client.send(['subscribe', 3, 'vault', {}])
  await client.next('joined', 3)
  expect(asked).toBe(1)
})

describe('a route that is for some alone', () => {
  test.each<[string, BenchRoute['auth'], Grant | undefined, number]>([
    ['granted nothing', 'required', undefined, 4501],
    ['granted too little', ['admin'], { scopes: ['user'] }, 4503],
    ['granted what has expired', 'required', { expiresAt: 1 }, 4501],
  ])('closes when the connect handler has %s', async (_what, auth, grant, code) => {
    const connect = (ctx: BenchContext) => {
      if (grant !== undefined) ctx.grant(grant)
    }
    const { client } = await open({ auth: auth ?? 'required' }, { connect })
    expect((await client.ended).code).toBe(code)
    expect(client.all('welcome')).toEqual([])
  })

  test('closes when there is no connect handler at all', async () => {
    const bench = await startBench({ auth: 'required' }, {})
    expect((await (await RawClient.open(bench.url)).ended).code).toBe(4501)
  })

  test('is open to those whom the connect handler lets in, until the grant expires', async () => {
    const connect = (ctx: BenchContext) => ctx.grant({ expiresAt: Date.now() + 300 })
    const { client } = await open({ auth: 'required' }, { connect })
    expect(await client.ask(1, 'free', null)).toBe('free')
    expect((await client.ended).code).toBe(4501)
  })

  test('keeps those whose grant was renewed, however long it holds', async () => {
    const { client } = await open(
      { auth: 'required' },
      { connect: (ctx) => ctx.grant({ expiresAt: Date.now() + 200 }) },
    )
    await client.ask(1, 'login', { expiresAt: Date.now() + 1e11 })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await client.ask(2, 'free', null)).toBe('free')
  })
})

describe('a message that may come only so often', () => {
  const rateLimit = { perSecond: 0.001, burst: 2 }
  const limited: BenchRoute = {
    receives: {
      ...route.receives,
      free: { ...request, rateLimit },
      say: { kind: 'event', data: anything, rateLimit },
      count: { kind: 'stream', input: anything, item: anything, errors: {}, rateLimit },
    },
  }
  const refusal = { code: 'RATE_LIMITED', data: { retryAfterMs: expect.any(Number) } }

  test('is refused beyond its burst, and says when to come again', async () => {
    const { client } = await open(limited)
    for (const id of [1, 2]) expect(await client.ask(id, 'free', null)).toBe('free')
    expect(await client.ask(3, 'free', null)).toEqual({ message: expect.any(String), ...refusal })
    const { data } = (await client.ask(4, 'free', null)) as { data: { retryAfterMs: number } }
    expect(data.retryAfterMs).toBeGreaterThan(100_000)
  })

  test('has a limit of its own on each connection', async () => {
    const { client, said, bench } = await open(limited)
    for (const text of ['a', 'b', 'c']) client.send(['event', 'say', text])
    expect(await client.next('error')).toMatchObject(['error', null, { ...refusal, name: 'say' }])
    for (const id of [1, 2, 3]) client.send(['stream', id, 'count', null, 9])
    expect(await client.next('error')).toMatchObject(['error', 3, refusal])
    expect(await client.ask(4, 'free', null)).toBe('free')
    const other = await RawClient.open(bench.url)
    expect(await other.ask(1, 'free', null)).toBe('free')
    expect(said).toEqual(['a', 'b'])
  })

  test('closes the connection that goes on regardless, as for bad messages', async () => {
    const bench = await startBench(
      limited,
      { ...handlersOf(limited) },
      { limits: { maxInvalid: 3, invalidPerSecond: 0 } },
    )
    const client = await RawClient.open(bench.url)
    for (let count = 0; count < 6; count++) client.send(['event', 'say', count])
    expect((await client.ended).code).toBe(4505)
    expect(client.all('error')).toHaveLength(3)
  })

  test('waits instead where it must not be lost', async () => {
    const said: unknown[] = []
    const put = {
      kind: 'event',
      data: aNumber,
      delivery: 'acknowledged',
      rateLimit: { perSecond: 50, burst: 1 },
    } as const
    const bench = await startBench({ receives: { put } }, { put: (_ctx, data) => void said.push(data) })
    const client = await RawClient.open(bench.url)
    for (const sequence of [1, 2, 3]) client.send(['event', 'put', sequence, sequence])
    await client.next('ack', 3)
    expect(said).toEqual([1, 2, 3])
    expect(client.all('error')).toEqual([])
  })
})

function handlersOf({ receives = {} }: BenchRoute): BenchHandlers {
  return Object.fromEntries(Object.keys(receives).map((name) => [name, () => null]))
}

test('nothing that the connect handler did reaches somebody who was not let in', async () => {
  const room = { ...channel, name: 'room' } as const
  const connect = async (ctx: BenchContext) => {
    await ctx.channels.room?.().join()
    await ctx.channels.room?.().publish('item', 'psst')
  }
  const { client } = await open({ auth: 'required', channels: { room } }, { connect })
  expect((await client.ended).code).toBe(4501)
  expect(client.frames).toEqual([])
})
