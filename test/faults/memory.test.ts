import { type Engine, memoryEngine } from '@wirepact/runtime'
import { afterEach, describe, expect, test } from 'vitest'
import { type BenchContext, stopBenches } from '../runtime/support/bench.js'
import { RawClient } from '../support/raw-client.js'
import { openMember, startRoom, waitFor } from './support/audience.js'

afterEach(stopBenches)

const big = 'x'.repeat(50_000)
const limits = { maxUnsentBytes: 100_000, maxBufferedBytes: 1_000_000 }

/** A client that has stopped reading, and whose system buffers are full: it is behind by more than may wait. */
async function openStalled(options = {}) {
  let context: BenchContext | undefined
  const connect = (ctx: BenchContext) => {
    context ??= ctx
  }
  const bench = await startRoom({ connect }, { limits: { ...limits, ...options } })
  const client = await RawClient.open(bench.url)
  const ctx = context as unknown as BenchContext
  client.socket.pause()
  return { bench, client, ctx }
}

/** Sends until the connection is behind, and no further. */
async function fallBehind(ctx: BenchContext, isBehind: () => boolean): Promise<void> {
  for (let count = 0; !isBehind(); count++) {
    void ctx.client.price?.({ id: 'filler', big, count })
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe('what waits for a connection that does not keep up', () => {
  test('because the latest is enough counts towards its cap', async () => {
    const { bench, client, ctx } = await openStalled()
    await fallBehind(ctx, () => bench.server.counters.replaced > 0)
    for (let id = 0; id < 30; id++) void ctx.client.price?.({ id, big })
    await waitFor(() => bench.server.connections === 0)
    expect(bench.server.counters.slowConsumers).toBe(1)
    client.terminate()
  })

  test('costs no listener for each message that was replaced', async () => {
    const { bench, client, ctx } = await openStalled()
    const warnings: Error[] = []
    const note = (warning: Error) => void warnings.push(warning)
    process.on('warning', note)
    await fallBehind(ctx, () => bench.server.counters.replaced > 0)
    for (let count = 0; count < 100; count++) {
      void ctx.client.price?.({ id: 'filler', count })
      await new Promise((resolve) => setImmediate(resolve))
    }
    process.off('warning', note)
    expect(warnings).toEqual([])
    client.socket.resume()
    await client.ask(1, 'echo', null)
    expect(bench.server.counters.slowConsumers).toBe(0)
  })

  test('for its welcome counts towards its cap', async () => {
    let opened = 0
    const connect = async (ctx: BenchContext) => {
      if (++opened === 1) return
      await ctx.channels.room?.().join({ presence: {} })
      await new Promise(() => undefined)
    }
    const bench = await startRoom({ connect }, { limits })
    const member = await openMember(bench)
    const waiting = await RawClient.open(bench.url, { hello: false })
    waiting.send(['hello', {}])
    await member.next('presence')
    for (let count = 0; count < 30; count++) {
      await bench.server.routes.bench?.channels.room?.().publish('said', big)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect((await waiting.ended).code).toBe(1006)
    expect(await member.ask(2, 'echo', 'here')).toBe('here')
  })
})

describe('what happens in a channel while its history is read', () => {
  test('counts towards the cap of the member that reads it', async () => {
    let readOn: (() => void) | undefined
    const engine = memoryEngine()
    const read = engine.read.bind(engine)
    const slowly: Engine = Object.assign(engine, {
      read: (...query: Parameters<typeof read>) =>
        new Promise<ReturnType<typeof read>>((resolve) => {
          readOn = () => resolve(read(...query))
        }),
    })
    const bench = await startRoom({}, { limits, engine: slowly })
    const client = await RawClient.open(bench.url)
    client.send(['subscribe', 1, 'room', { presence: {} }])
    await waitFor(() => readOn !== undefined)
    for (let count = 0; count < 40; count++)
      await bench.server.routes.bench?.channels.room?.().publish('said', big)
    expect((await client.ended).code).toBe(1006)
    expect(bench.server.counters.slowConsumers).toBe(1)
    readOn?.()
  })
})

describe('a history that is larger than what may wait for a connection', () => {
  const fill = async (count: number) => {
    const bench = await startRoom({}, { limits })
    const room = bench.server.routes.bench?.channels.room?.()
    for (let index = 1; index <= count; index++) await room?.publish('said', { index, big })
    const page = (await room?.history()) as unknown as { readonly epoch: string }
    return { bench, epoch: page.epoch }
  }

  test('is a gap for a client that missed it, and not the end of its connection', async () => {
    const { bench, epoch } = await fill(100)
    const client = await RawClient.open(bench.url)
    client.send(['subscribe', 1, 'room', { position: [epoch, 0], presence: {} }])
    expect((await client.next('joined'))[3]).toMatchObject({ recovered: false, reason: 'too-many', top: 100 })
    await bench.server.routes.bench?.channels.room?.().publish('said', 'next')
    expect(await client.next('publication')).toMatchObject({ 3: 'next', 4: 101 })
  })

  test('is recovered as far as there is room for it', async () => {
    const { bench, epoch } = await fill(100)
    const client = await RawClient.open(bench.url)
    client.send(['subscribe', 1, 'room', { position: [epoch, 92], presence: {} }])
    expect((await client.next('joined'))[3]).toMatchObject({ recovered: true })
    for (let offset = 93; offset <= 100; offset++)
      expect(await client.next('publication')).toMatchObject({ 3: { index: offset }, 4: offset })
  })
})
