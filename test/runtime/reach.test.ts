import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Engine, Limits } from '@wirepact/runtime'
import { sqliteEngine } from '@wirepact/runtime/sqlite'
import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import {
  aNumber,
  anything,
  aString,
  type Bench,
  type BenchContext,
  type BenchRoute,
  startBench,
  stopBenches,
} from './support/bench.js'

const folders: string[] = []

afterEach(async () => {
  await stopBenches()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

const request = { kind: 'request', input: anything, output: anything, errors: {} } as const
const route: BenchRoute = {
  receives: { tell: request, ask: request },
  sends: {
    notice: { kind: 'event', data: aString },
    secret: { kind: 'event', data: anything, auth: ['read'] },
    photo: {
      kind: 'event',
      data: { check: (value) => value instanceof Uint8Array, explain: () => [], content: 'binary' },
    },
    confirm: { ...request, output: aNumber, errors: { BUSY: anything } },
  },
}

interface Open {
  readonly client: RawClient
  readonly ctx: BenchContext
}

/** One node of a server; its clients name their user in the token. */
async function startNode(engine?: Engine, limits: Partial<Limits> = {}) {
  const contexts = new Map<string, BenchContext>()
  const handlers = {
    connect(ctx: BenchContext & { readonly token?: string }) {
      contexts.set(ctx.id, ctx)
      if (ctx.token) ctx.grant({ user: ctx.token, scopes: ctx.token === 'ada' ? ['read'] : [] })
    },
    tell: (ctx: BenchContext, { to, text }: { to: object; text: string }) => ctx.to(to).notice?.(text),
    ask: (ctx: BenchContext, { to, input }: { to: object; input: unknown }) => ctx.to(to).confirm?.(input),
  }
  const bench = await startBench(route, handlers, { limits, ...(engine && { engine }) })
  const enter = async (token?: string, hello: object = {}): Promise<Open> => {
    const client = await RawClient.open(bench.url, { hello: { token, ...hello } })
    const [, { connection }] = client.all('welcome')[0] as unknown as [string, { connection: string }]
    return { client, ctx: contexts.get(connection) as BenchContext }
  }
  return { bench, enter, to: (target: object) => toBench(bench, target) }
}

/** Two nodes over one file. */
async function startNodes() {
  const folder = await mkdtemp(join(tmpdir(), 'wirepact-reach-'))
  folders.push(folder)
  const file = join(folder, 'state.db')
  return [await startNode(sqliteEngine(file)), await startNode(sqliteEngine(file))] as const
}

function toBench(bench: Bench, target: object) {
  const to = bench.server.routes.bench?.to(target)
  if (to === undefined) throw new Error('There is no such route.')
  return to
}

describe('what is sent to a user', () => {
  test('[nexios 19] reaches every connection of that user and nobody else, from handlers and from outside', async () => {
    const { enter, to } = await startNode()
    const [ada, again, grace] = [await enter('ada'), await enter('ada'), await enter('grace')]
    expect(await to({ user: 'ada' }).notice?.('one')).toBe(2)
    expect(await grace.client.ask(1, 'tell', { to: { user: 'ada' }, text: 'two' })).toBe(2)
    for (const { client } of [ada, again])
      expect([await client.next('event'), await client.next('event')]).toEqual([
        ['event', 'notice', 'one'],
        ['event', 'notice', 'two'],
      ])
    expect(grace.client.all('event')).toEqual([])
    expect(await to({ user: 'nobody' }).notice?.('three')).toBe(0)
  })

  test('follows the grants, and not the connections that are gone', async () => {
    const { enter, to } = await startNode()
    const [ada, other] = [await enter('ada'), await enter('ada')]
    other.ctx.grant({ user: 'grace' })
    expect(await to({ user: 'ada' }).notice?.('x')).toBe(1)
    expect(await to({ user: 'grace' }).notice?.('x')).toBe(1)
    await ada.client.close()
    await expect.poll(() => to({ user: 'ada' }).notice?.('x')).toBe(0)
  })

  test('is not for those who may not have it', async () => {
    const { enter, to } = await startNode()
    const { ctx, client } = await enter('ada')
    expect(await to({ user: 'ada' }).secret?.('psst')).toBe(1)
    ctx.grant({ user: 'ada' })
    expect(await to({ user: 'ada' }).secret?.('psst')).toBe(0)
    await client.next('event')
    expect(client.all('event')).toHaveLength(1)
  })

  test('has to fit the schema', async () => {
    const { bench, to } = await startNode()
    await expect(to({ user: 'ada' }).notice?.(7)).rejects.toMatchObject({ code: 'INVALID_OUTPUT' })
    expect(bench.logged).toHaveLength(1)
  })
})

describe('what is sent to a connection', () => {
  test('reaches it alone, and the one that its client has come back on', async () => {
    const { enter, to } = await startNode()
    const first = await enter('ada')
    const other = await enter('ada')
    expect(await to({ connection: first.ctx.id }).notice?.('one')).toBe(1)
    await first.client.next('event')
    const second = await enter('ada', { session: first.ctx.session })
    expect(await to({ connection: first.ctx.id }).notice?.('two')).toBe(1)
    expect(await second.client.next('event')).toEqual(['event', 'notice', 'two'])
    expect(other.client.all('event')).toEqual([])
  })

  test('may be a question, whose answer is checked', async () => {
    const { enter, to } = await startNode()
    const { client, ctx } = await enter()
    const asked = to({ connection: ctx.id }).confirm?.('sure?')
    const [, id, name, input] = await client.next('request')
    expect([name, input]).toEqual(['confirm', 'sure?'])
    client.send(['reply', id, 42])
    expect(await asked).toBe(42)
    const wrong = to({ connection: ctx.id }).confirm?.('sure?')
    client.send(['reply', (await client.next('request'))[1], 'yes'])
    await expect(wrong).rejects.toMatchObject({ code: 'INVALID_PAYLOAD' })
  })

  test('is refused at once when there is nobody, where there is one node', async () => {
    const { to } = await startNode()
    await expect(to({ connection: 'nobody' }).confirm?.('sure?')).rejects.toMatchObject({
      code: 'CONNECTION_CLOSED',
    })
    expect(await to({ connection: 'nobody' }).notice?.('x')).toBe(0)
  })

  test.each([
    [{}],
    [{ user: '' }],
    [{ user: undefined }],
    [{ user: 'a', connection: 'b' }],
    [{ connection: 7 }],
  ])('needs somebody to be named: %j', async (target) => {
    const { to } = await startNode()
    expect(() => to(target)).toThrow(TypeError)
  })
})

describe('several nodes', () => {
  test("send to each other's connections", async () => {
    const [here, there] = await startNodes()
    const ada = await there.enter('ada')
    const here2 = await here.enter('ada')
    expect(await here.to({ user: 'ada' }).notice?.('hi')).toBe(1)
    for (const { client } of [ada, here2])
      expect(await client.next('event')).toEqual(['event', 'notice', 'hi'])
    expect(await here.to({ connection: ada.ctx.id }).photo?.(new Uint8Array([1, 2, 3]))).toBe(0)
    expect(await ada.client.next('event')).toEqual(['event', 'photo', null, Buffer.from([1, 2, 3])])
    expect(here2.client.all('event')).toHaveLength(1)
  })

  test("ask each other's clients, and hand on answers, declared errors and silence", async () => {
    const [here, there] = await startNodes()
    const { client, ctx } = await there.enter('ada')
    const { confirm } = here.to({ connection: ctx.id })
    const asked = confirm?.('sure?')
    client.send(['reply', (await client.next('request'))[1], 42])
    expect(await asked).toBe(42)
    const refused = confirm?.('sure?')
    const body = { code: 'BUSY', message: 'later', declared: true, data: { until: 5 } }
    client.send(['error', (await client.next('request'))[1], body])
    await expect(refused).rejects.toMatchObject({ code: 'BUSY', declared: true, data: { until: 5 } })
    await expect(confirm?.('sure?', { timeoutMs: 50 })).rejects.toMatchObject({ code: 'TIMEOUT' })
    const gone = new AbortController()
    const aborted = confirm?.('sure?', { signal: gone.signal })
    gone.abort()
    await expect(aborted).rejects.toMatchObject({ code: 'ABORTED' })
  })

  test('end the connections of a user everywhere', async () => {
    const [here, there] = await startNodes()
    const [one, two, other] = [await here.enter('ada'), await there.enter('ada'), await there.enter('grace')]
    expect(await here.bench.server.revoke({ user: 'ada' }, { reason: 'bye' })).toBe(1)
    for (const { client } of [one, two]) expect(await client.ended).toEqual({ code: 4502, reason: 'bye' })
    expect(await other.client.ask(1, 'tell', { to: { user: 'grace' }, text: 'still here' })).toBe(1)
  })

  test('refuse a session that another one has revoked', async () => {
    const [here, there] = await startNodes()
    const { client, ctx } = await there.enter('ada')
    await client.close()
    await here.bench.server.revoke({ session: ctx.session })
    const again = await RawClient.open(there.bench.url, { hello: { token: 'ada', session: ctx.session } })
    expect(await again.ended).toEqual({ code: 4502, reason: 'The session was revoked.' })
  })
})

describe('[nexios 29] revoking', () => {
  test('a connection closes it for good: its session is not gone on with, and positions are not looked at', async () => {
    const { bench, enter } = await startNode()
    const [ada, other] = [await enter('ada'), await enter('ada')]
    expect(await bench.server.revoke({ connection: ada.ctx.id })).toBe(1)
    expect(await ada.client.ended).toEqual({ code: 4502, reason: 'Access was taken back.' })
    const hello = { token: 'ada', session: ada.ctx.session, positions: { room: ['e', 1] } }
    const again = await RawClient.open(bench.url, { hello })
    expect((await again.ended).code).toBe(4502)
    expect(again.all('welcome')).toEqual([])
    const fresh = await enter('ada')
    expect(fresh.ctx.isConnected).toBe(true)
    expect(other.ctx.isConnected).toBe(true)
  })

  test('nobody that is there ends nobody, and nobody that is named throws', async () => {
    const { bench, enter } = await startNode()
    const { ctx } = await enter('ada')
    expect(await bench.server.revoke({ user: 'grace' })).toBe(0)
    await expect(bench.server.revoke({} as never)).rejects.toThrow(TypeError)
    await expect(bench.server.revoke({ user: 'ada' }, { reason: 'x'.repeat(124) })).rejects.toMatchObject({
      code: 'INVALID_CLOSE',
    })
    expect(ctx.isConnected).toBe(true)
  })
})

test('a session stays revoked when the server has been away', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirepact-reach-'))
  folders.push(folder)
  const file = join(folder, 'state.db')
  const before = await startNode(sqliteEngine(file))
  const { ctx } = await before.enter('ada')
  await before.bench.server.revoke({ connection: ctx.id })
  await before.bench.server.close()
  const after = await startNode(sqliteEngine(file))
  const client = await RawClient.open(after.bench.url, { hello: { session: ctx.session } })
  expect((await client.ended).code).toBe(4502)
})

test('no more questions wait for clients of other nodes than may, and none outlives its server', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wirepact-reach-'))
  folders.push(folder)
  const { bench, to } = await startNode(sqliteEngine(join(folder, 'state.db')), { maxRemoteCalls: 2 })
  const { confirm } = to({ connection: 'elsewhere' })
  const waiting = [confirm?.('a'), confirm?.('b')]
  await expect(confirm?.('c')).rejects.toMatchObject({ code: 'TOO_MANY_PENDING' })
  const settled = Promise.allSettled(waiting)
  await bench.server.close()
  for (const outcome of await settled) expect(outcome).toMatchObject({ reason: { code: 'CONNECTION_LOST' } })
})

test('what is sent to a connection that is gone is counted, and what is asked of it is refused', async () => {
  const { bench, enter, to } = await startNode()
  const { client, ctx } = await enter('ada')
  ctx.close()
  expect(ctx.isConnected).toBe(false)
  void ctx.client.notice?.('too late')
  expect(bench.server.counters.unsent).toBe(1)
  expect(await to({ connection: ctx.id }).notice?.('too late')).toBe(0)
  await client.ended
  void ctx.client.notice?.('too late')
  expect(bench.server.counters.unsent).toBe(2)
  await expect(ctx.client.confirm?.('sure?')).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
})

test('what JSON has no word for is refused in the same way, wherever it is for', async () => {
  const [here] = await startNodes()
  await here.enter('ada')
  const circle: { self?: object } = {}
  circle.self = circle
  for (const user of ['ada', 'elsewhere'])
    await expect(here.to({ user }).secret?.(circle), user).rejects.toMatchObject({ code: 'NOT_SERIALIZABLE' })
  const { confirm } = here.to({ connection: 'elsewhere' })
  await expect(confirm?.(1n)).rejects.toMatchObject({ code: 'NOT_SERIALIZABLE' })
})
