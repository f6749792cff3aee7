import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { anything, type BenchContext, type BenchRoute, startBench, stopBenches } from './support/bench.js'

afterEach(stopBenches)

const big = 'x'.repeat(60_000)
const request = { kind: 'request', input: anything, output: anything, errors: {} } as const
const latest = { policy: 'latest', key: 'id' } as const

const route: BenchRoute = {
  receives: { echo: request },
  sends: {
    must: { kind: 'event', data: anything },
    may: { kind: 'event', data: anything, backpressure: { policy: 'drop' } },
    price: { kind: 'event', data: anything, backpressure: latest },
    clock: { kind: 'event', data: anything, backpressure: { policy: 'latest' } },
  },
  channels: {
    market: {
      name: 'market/{id}',
      join: 'open',
      messages: {
        price: { data: anything, history: false, backpressure: latest },
        noise: { data: anything, history: false, backpressure: { policy: 'drop' } },
        kept: { data: anything, history: true, backpressure: { policy: 'drop' } },
      },
      history: { maxMessages: 1000 },
    },
  },
}

/** A client that reads nothing more, and is behind by more than may wait. */
async function openSlow(options = {}) {
  let context: BenchContext | undefined
  const connect = (ctx: BenchContext) => {
    context = ctx
  }
  const bench = await startBench(route, { connect, echo: (_ctx, data) => data }, options)
  const client = await RawClient.open(bench.url)
  const ctx = context as unknown as BenchContext
  client.send(['subscribe', 1, 'market/a', {}])
  await client.next('joined')
  client.socket.pause()
  const events = () => client.all('event').filter(([, name]) => name !== 'must')
  return { bench, client, ctx, events }
}

/** Sends so much that the system's own buffers are full, too. */
async function fallBehind(ctx: BenchContext): Promise<void> {
  for (let count = 0; count < 60; count++) {
    void ctx.client.must?.(big)
    if (count % 10 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Lets the client read on, until everything has come. */
async function catchUp(client: RawClient): Promise<void> {
  client.socket.resume()
  await client.ask(99, 'echo', null)
  await client.ask(100, 'echo', null)
}

const slow = { limits: { maxUnsentBytes: 100_000, maxBufferedBytes: 50_000_000 } }

describe('for a connection that does not keep up', () => {
  test('the newest of one key is waited for once, however often it is replaced', async () => {
    const warnings: string[] = []
    const note = ({ name }: Error) => warnings.push(name)
    process.on('warning', note)
    const { bench, client, ctx } = await openSlow(slow)
    while (bench.server.counters.replaced < 50) {
      if (bench.server.counters.replaced === 0) void ctx.client.must?.(big)
      void ctx.client.clock?.(0)
      await new Promise((resolve) => setImmediate(resolve))
    }
    process.off('warning', note)
    expect(warnings).toEqual([])
    await catchUp(client)
  })

  test('a message that may be dropped is dropped and counted, and every other one arrives', async () => {
    const { bench, client, ctx, events } = await openSlow(slow)
    void ctx.client.may?.('before')
    await fallBehind(ctx)
    for (let count = 0; count < 5; count++) void ctx.client.may?.(count)
    expect(bench.server.counters.dropped).toBe(5)
    await catchUp(client)
    void ctx.client.may?.('after')
    await client.ask(101, 'echo', null)
    expect(events()).toEqual([
      ['event', 'may', 'before'],
      ['event', 'may', 'after'],
    ])
    expect(client.all('event')).toHaveLength(62)
  })

  test('of messages of which the latest is enough, the newest of each key arrives', async () => {
    const { bench, client, ctx, events } = await openSlow(slow)
    await fallBehind(ctx)
    for (let price = 1; price <= 3; price++) {
      void ctx.client.price?.({ id: 'a', price })
      void ctx.client.price?.({ id: 'b', price: price * 10 })
      void ctx.client.clock?.(price)
    }
    expect(bench.server.counters).toMatchObject({ replaced: 6, dropped: 0 })
    await catchUp(client)
    expect(events()).toEqual([
      ['event', 'price', { id: 'a', price: 3 }],
      ['event', 'price', { id: 'b', price: 30 }],
      ['event', 'clock', 3],
    ])
  })

  test('publications that are not kept go by their policies, and kept ones arrive', async () => {
    const { bench, client, ctx } = await openSlow(slow)
    const market = ctx.channels.market?.({ id: 'a' })
    await fallBehind(ctx)
    for (let price = 1; price <= 3; price++) {
      await market?.publish('price', { id: 'x', price })
      await market?.publish('noise', price)
      await market?.publish('kept', price)
    }
    expect(bench.server.counters).toMatchObject({ replaced: 2, dropped: 3 })
    await catchUp(client)
    const publications = client.all('publication').map(([, , name, data]) => [name, data])
    expect(publications.sort()).toEqual([
      ['kept', 1],
      ['kept', 2],
      ['kept', 3],
      ['price', { id: 'x', price: 3 }],
    ])
  })

  test('more keys than may be held end it, and are counted as a slow consumer', async () => {
    const { bench, client, ctx } = await openSlow({ limits: { ...slow.limits, maxHeld: 10 } })
    await fallBehind(ctx)
    for (let id = 0; id < 11; id++) void ctx.client.price?.({ id })
    client.socket.resume()
    expect((await client.ended).code).toBe(1006)
    expect(bench.server.counters.slowConsumers).toBe(1)
  })
})

describe('for a connection that keeps up', () => {
  test('everything arrives, whatever its policy', async () => {
    const { bench, client, ctx, events } = await openSlow()
    client.socket.resume()
    for (let count = 0; count < 100; count++) {
      void ctx.client.may?.(count)
      void ctx.client.price?.({ id: 'a', count })
    }
    await client.ask(2, 'echo', null)
    expect(events()).toHaveLength(200)
    expect(bench.server.counters).toMatchObject({ replaced: 0, dropped: 0, slowConsumers: 0 })
  })

  test('what comes and goes is counted', async () => {
    const bench = await startBench(route, { echo: () => null })
    const client = await RawClient.open(bench.url)
    await client.ask(1, 'echo', null)
    client.sendText('bad')
    await client.next('error')
    expect(bench.server.counters).toMatchObject({ connections: 1, received: 3, sent: 3, refused: 1 })
  })
})
