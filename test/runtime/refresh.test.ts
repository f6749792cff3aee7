import { WirepactError } from '@wirepact/protocol'
import { authenticate, ticket } from '@wirepact/runtime/middleware'
import { FakeClock } from '@wirepact/runtime/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import {
  anything,
  type BenchContext,
  type BenchHandlers,
  type BenchRoute,
  startBench,
  stopBenches,
} from './support/bench.js'

afterEach(stopBenches)

const request = { kind: 'request', input: anything, output: anything, errors: {} } as const
const channel = { messages: { item: { data: anything, history: false } } } as const
const minute = 60_000

const route: BenchRoute = {
  auth: 'required',
  receives: { add: request, count: { ...request, kind: 'stream', item: anything, auth: ['read'] } },
  channels: {
    members: { ...channel, join: 'open', name: 'members', auth: ['read'] },
    desk: { ...channel, join: 'guarded', name: 'desk/{of}' },
  },
}

const nothing: BenchHandlers = { add: () => undefined, count: () => [] }

/** A token says who it is, with which scopes, and for how many minutes. */
type Token = { user?: string; scopes?: string[]; minutes?: number; fails?: string }

/** A server that takes tokens at face value, on a clock that stands still. */
async function start(token: Token, replaced: { route?: BenchRoute; handlers?: BenchHandlers } = {}) {
  const clock = new FakeClock(1_000_000)
  const asked: unknown[] = []
  const grant = (ctx: BenchContext, text: string | undefined) => {
    const { minutes = 10, fails, ...rest } = JSON.parse(text ?? '{}') as Token
    if (fails === 'boom') throw new Error('The directory does not answer.')
    if (fails !== undefined) throw new WirepactError(fails, 'No.')
    ctx.grant({ ...rest, expiresAt: clock.now() + minutes * minute })
  }
  let ctx: BenchContext | undefined
  const handlers: BenchHandlers = {
    connect(context: BenchContext & { readonly token?: string }) {
      ctx = context
      grant(context, context.token)
    },
    refresh(context: BenchContext, text: string) {
      asked.push(text)
      grant(context, text)
    },
    add: () => 'added',
    async *count(context: BenchContext) {
      for (let n = 1; !context.signal.aborted; n++) yield n
    },
    authorize: {
      desk: (context: BenchContext, { params }: { params: { of: string } }) => context.user === params.of,
    },
    ...replaced.handlers,
  }
  const bench = await startBench({ ...route, ...replaced.route }, handlers, {
    environment: { clock },
    limits: { pingIntervalMs: 0 },
  })
  const hello = { token: JSON.stringify(token), refresh: true }
  const client = await RawClient.open(bench.url, { hello })
  const refresh = (id: number, next: Token) => client.send(['refresh', id, JSON.stringify(next)])
  return {
    bench,
    client,
    clock,
    refresh,
    asked,
    ctx: () => ctx as BenchContext & { readonly token?: string },
  }
}

describe('[nexios 29] a grant that is for some time', () => {
  test('is asked for anew a minute before it is over, and holds on when it is given', async () => {
    const { client, clock, refresh, ctx } = await start({ minutes: 10 })
    await clock.advance(9 * minute - 1)
    expect(await client.ask(1, 'add', null)).toBe('added')
    expect(client.all('refresh')).toEqual([])
    await clock.advance(1)
    expect(await client.next('refresh')).toEqual(['refresh', minute])
    refresh(2, { user: 'ada' })
    expect(await client.next('reply', 2)).toEqual(['reply', 2, null])
    expect(ctx().user).toBe('ada')
    expect(ctx().token).toBe('{"user":"ada"}')
    await clock.advance(5 * minute)
    expect(await client.ask(3, 'add', null)).toBe('added')
  })

  test('is asked for again at every half of what is left, and then closes with 4501', async () => {
    const { client, clock } = await start({ minutes: 2 })
    await clock.advance(2 * minute)
    expect(await client.ended).toMatchObject({ code: 4501 })
    expect(client.all('refresh').map(([, withinMs]) => withinMs)).toEqual([
      60_000, 30_000, 15_000, 7_500, 3_750, 1_875,
    ])
  })

  test('is not asked for of a client that does not answer, nor where nobody takes it', async () => {
    const { bench, clock } = await start({})
    const plain = await RawClient.open(bench.url, { hello: { token: '{}' } })
    const without = await start({}, { handlers: { refresh: {} } })
    await Promise.all([clock.advance(10 * minute), without.clock.advance(10 * minute)])
    expect((await plain.ended).code).toBe(4501)
    expect((await without.client.ended).code).toBe(4501)
    expect([...plain.all('refresh'), ...without.client.all('refresh')]).toEqual([])
  })
})

describe('a fresh credential', () => {
  test('may come at any time, also from a client that was not asked', async () => {
    const { client, refresh, ctx } = await start({ user: 'ada' })
    refresh(1, { user: 'ada', scopes: ['read'] })
    await client.next('reply', 1)
    client.send(['subscribe', 2, 'members', {}])
    await client.next('joined', 2)
    client.send(['refresh', 3, null])
    await client.next('reply', 3)
    expect(ctx().token).toBeUndefined()
  })

  test.each([
    ['UNAUTHENTICATED', 4501],
    ['FORBIDDEN', 4503],
  ])('that is refused with %s is answered, and closes with %i', async (fails, code) => {
    const { client, refresh } = await start({})
    refresh(1, { fails })
    expect(await client.next('error', 1)).toMatchObject(['error', 1, { code: fails }])
    expect(await client.ended).toEqual({ code, reason: 'No.' })
  })

  test('that could not be looked at changes nothing, and the reason is logged alone', async () => {
    const { bench, client, refresh, ctx } = await start({ user: 'ada' })
    refresh(1, { fails: 'boom' })
    expect(await client.next('error', 1)).toMatchObject(['error', 1, { code: 'INTERNAL' }])
    expect(await client.ask(2, 'add', null)).toBe('added')
    expect(ctx().user).toBe('ada')
    expect(bench.logged).toMatchObject([{ level: 'error', details: { handler: 'refresh' } }])
  })

  test('is no message of a route where nobody takes it', async () => {
    const { client, refresh } = await start({}, { handlers: { refresh: {} } })
    refresh(1, {})
    expect(await client.next('error', 1)).toMatchObject(['error', 1, { code: 'UNKNOWN_MESSAGE' }])
  })

  test('that comes last is the one that holds, however long the one before takes', async () => {
    const order: string[] = []
    const { client, refresh } = await start(
      {},
      {
        handlers: {
          async refresh(ctx: BenchContext, text: string) {
            const { user = '' } = JSON.parse(text) as Token
            if (user === 'first') await new Promise((resolve) => setTimeout(resolve, 30))
            order.push(user)
            ctx.grant({ user })
          },
        },
      },
    )
    refresh(1, { user: 'first' })
    refresh(2, { user: 'second' })
    await client.next('reply', 2)
    expect(order).toEqual(['first', 'second'])
  })
})

test('fresh credentials that come too often are not looked at', async () => {
  const { client, refresh, asked, clock } = await start({})
  for (let id = 1; id <= 11; id++) refresh(id, {})
  expect(await client.next('error')).toMatchObject([
    'error',
    11,
    { code: 'RATE_LIMITED', data: { retryAfterMs: 1_000 } },
  ])
  expect(asked).toHaveLength(10)
  await clock.advance(1_000)
  refresh(12, {})
  await client.next('reply', 12)
})

test('a fresh credential is looked at by the middleware that looked at the first one', async () => {
  const clock = new FakeClock(1_000_000)
  const users: (string | undefined)[] = []
  const add = (ctx: BenchContext) => void users.push(ctx.user)
  const bench = await startBench(
    route,
    { ...nothing, add },
    { environment: { clock }, limits: { pingIntervalMs: 0 } },
  )
  const verify = (user: string) => user !== 'nobody' && { user, expiresAt: clock.now() + 10 * minute }
  bench.server.use(authenticate({ from: ticket(), verify }))
  const client = await RawClient.open(bench.url, { hello: { token: 'ada', refresh: true } })
  await clock.advance(9 * minute)
  await client.next('refresh')
  client.send(['refresh', 1, 'grace'])
  await client.next('reply', 1)
  await clock.advance(5 * minute)
  await client.ask(2, 'add', null)
  expect(users).toEqual(['grace'])
  client.send(['refresh', 3, 'nobody'])
  expect(await client.next('error', 3)).toMatchObject(['error', 3, { code: 'UNAUTHENTICATED' }])
  expect((await client.ended).code).toBe(4501)
})

describe('a grant that is smaller than the one before', () => {
  test('ends the memberships and streams that need more, and says why', async () => {
    const { client, refresh } = await start({ user: 'ada', scopes: ['read'] })
    client.send(['subscribe', 1, 'members', {}])
    client.send(['subscribe', 2, 'desk/ada', {}])
    client.send(['stream', 3, 'count', null, 2])
    await Promise.all([client.next('joined', 1), client.next('joined', 2), client.next('item', 3)])
    refresh(4, { user: 'ada' })
    expect(await client.next('left')).toMatchObject(['left', null, 'members', { code: 'FORBIDDEN' }])
    expect(await client.next('error', 3)).toMatchObject(['error', 3, { code: 'FORBIDDEN' }])
    await client.next('reply', 4)
    client.send(['history', 5, 'members', { limit: 1 }])
    expect(await client.next('error', 5)).toMatchObject(['error', 5, { code: 'NOT_A_MEMBER' }])
    expect(client.all('left')).toHaveLength(1)
  })

  test('closes on a route that needs more', async () => {
    const { client, refresh } = await start({ scopes: ['in'] }, { route: { auth: ['in'] } })
    refresh(1, { scopes: [] })
    expect((await client.ended).code).toBe(4503)
  })

  test('that is for somebody else has the guards asked again', async () => {
    const { client, refresh } = await start({ user: 'ada' })
    client.send(['subscribe', 1, 'desk/ada', {}])
    await client.next('joined', 1)
    refresh(2, { user: 'ada' })
    await client.next('reply', 2)
    expect(client.all('left')).toEqual([])
    refresh(3, { user: 'grace' })
    expect(await client.next('left')).toMatchObject(['left', null, 'desk/ada', { code: 'FORBIDDEN' }])
    client.send(['subscribe', 4, 'desk/grace', {}])
    await client.next('joined', 4)
  })
})

test('where only parts are for some alone, what they gave ends with the grant and the connection goes on', async () => {
  const { client, refresh, clock, ctx } = await start({}, { route: { auth: undefined } as object })
  refresh(1, { user: 'ada', scopes: ['read'], minutes: 1 })
  client.send(['subscribe', 2, 'members', {}])
  client.send(['subscribe', 3, 'desk/ada', {}])
  await Promise.all([client.next('joined', 2), client.next('joined', 3)])
  await clock.advance(minute)
  expect(await client.next('left')).toMatchObject(['left', null, 'members', { code: 'UNAUTHENTICATED' }])
  expect(await client.next('left')).toMatchObject(['left', null, 'desk/ada', { code: 'FORBIDDEN' }])
  expect(ctx().user).toBeUndefined()
  expect(await client.ask(4, 'add', null)).toBe('added')
})
