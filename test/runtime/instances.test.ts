import { WirepactError } from '@wirepact/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { anything, type BenchContext, type BenchRoute, startBench, stopBenches } from './support/bench.js'

afterEach(stopBenches)

const request = { kind: 'request', input: anything, output: anything, errors: {} } as const
const route: BenchRoute = {
  receives: { count: request, share: request, known: { ...request, auth: 'required' } },
  sends: { notice: { kind: 'event', data: anything } },
  channels: {
    room: { name: 'room', join: 'guarded', messages: { said: { data: anything, history: false } } },
  },
}

const told: unknown[] = []

/** Every hook, with what only an instance has. */
class Desk {
  #count = 0
  readonly name = 'desk'
  readonly authorize = { room: () => this.#count > 0 }

  connect(ctx: BenchContext & { readonly token?: string }): void {
    told.push(['connect', this.#count++, ctx.status])
    if (ctx.token === 'fails') throw new WirepactError('FORBIDDEN', 'Not you.')
  }

  refresh(ctx: BenchContext, token: string): void {
    told.push(['refresh', this.#count++])
    ctx.grant({ user: token })
  }

  count(): number {
    return this.#count++
  }

  share(ctx: BenchContext, value: unknown): object {
    if (value !== null) Object.assign(ctx.app, { value })
    return ctx.app
  }

  known(ctx: BenchContext): string | undefined {
    return ctx.user
  }

  disconnect(ctx: BenchContext, { code }: { code: number }): void {
    told.push(['disconnect', this.#count++, ctx.status, code])
  }
}

beforeEach(() => {
  told.length = 0
})

describe('[nexios 23] handlers that are a class', () => {
  test('have an instance for each connection, with every hook', async () => {
    const bench = await startBench(route, Desk)
    const [one, two] = [await RawClient.open(bench.url), await RawClient.open(bench.url)]
    expect([await one.ask(1, 'count', null), await one.ask(2, 'count', null)]).toEqual([1, 2])
    expect(await two.ask(1, 'count', null)).toBe(1)
    one.send(['refresh', 3, 'ada'])
    await one.next('reply', 3)
    expect(await one.ask(4, 'known', null)).toBe('ada')
    one.send(['subscribe', 5, 'room', {}])
    await one.next('joined', 5)
    await one.close(1000)
    await expect.poll(() => told).toContainEqual(['disconnect', 4, 'closed', 1000])
    expect(told.slice(0, 3)).toEqual([
      ['connect', 0, 'connecting'],
      ['connect', 0, 'connecting'],
      ['refresh', 3],
    ])
  })

  test('[nexios 14] clean up exactly once, also when connect has thrown', async () => {
    const bench = await startBench(route, Desk)
    const client = await RawClient.open(bench.url, { hello: { token: 'fails' } })
    expect((await client.ended).code).toBe(4503)
    await expect
      .poll(() => told)
      .toEqual([
        ['connect', 0, 'connecting'],
        ['disconnect', 1, 'closed', 4503],
      ])
    await bench.server.close()
    expect(told).toHaveLength(2)
  })

  test('whose constructor throws let nobody in, and that is logged', async () => {
    class Broken {
      constructor() {
        throw new Error('no desk')
      }
    }
    const bench = await startBench(route, Broken)
    const client = await RawClient.open(bench.url)
    expect((await client.ended).code).toBe(1011)
    expect(bench.logged).toMatchObject([{ level: 'error' }])
  })
})

test('[nexios 12] what the handlers of all connections share is given once', async () => {
  const app = { value: 1 }
  const bench = await startBench(route, Desk, { state: app })
  const [one, two] = [await RawClient.open(bench.url), await RawClient.open(bench.url)]
  expect(await one.ask(1, 'share', 2)).toEqual({ value: 2 })
  expect(await two.ask(1, 'share', null)).toEqual({ value: 2 })
  expect(app).toEqual({ value: 2 })
})

test('[nexios 10] a connection says where it stands', async () => {
  const seen: unknown[] = []
  const look = (ctx: BenchContext) => void seen.push([ctx.status, ctx.isConnected])
  let context: BenchContext | undefined
  const bench = await startBench(
    { receives: { count: request } },
    {
      connect(ctx) {
        context = ctx
        look(ctx)
      },
      count(ctx) {
        look(ctx)
        ctx.close(4100, 'enough')
        look(ctx)
        return null
      },
      disconnect: look,
    },
  )
  const client = await RawClient.open(bench.url)
  client.send(['request', 1, 'count', null])
  expect(await client.ended).toEqual({ code: 4100, reason: 'enough' })
  await expect
    .poll(() => seen)
    .toEqual([
      ['connecting', true],
      ['open', true],
      ['closing', false],
      ['closed', false],
    ])
  expect(context?.isConnected).toBe(false)
})
