import { afterEach, describe, expect, test } from 'vitest'
import { type BenchContext, stopBenches } from '../runtime/support/bench.js'
import { RawClient } from '../support/raw-client.js'
import { Audience, startRoom } from './support/audience.js'

afterEach(stopBenches)

const cycle: { self?: unknown } = {}
cycle.self = cycle

const hostile = () => ({
  get text(): string {
    throw new Error('getter')
  },
})

const cases = [
  ['a cycle', cycle],
  ['a bigint', { amount: 10n }],
  [
    'a toJSON that throws',
    {
      toJSON: () => {
        throw new Error('toJSON')
      },
    },
  ],
  [
    'a toJSON that throws nothing',
    {
      toJSON: () => {
        const nothing: unknown = undefined
        throw nothing
      },
    },
  ],
  ['a getter that throws', hostile()],
  [
    'a proxy that throws',
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('trap')
        },
      },
    ),
  ],
  ['a revoked proxy', revoked()],
  ['a cycle that is deep inside', { list: [1, { inner: cycle }] }],
] as const

/** What JSON has no word for; it becomes `null`, or is left out, as `JSON.stringify` does it. */
const silent = [
  ['NaN', Number.NaN, null],
  ['infinity', { value: Number.POSITIVE_INFINITY }, { value: null }],
  ['undefined', undefined, null],
  ['a function', () => 1, null],
  ['a symbol', Symbol('s'), null],
  ['a toJSON that returns nothing', { toJSON: () => undefined }, null],
  ['a property that is undefined', { a: undefined, b: 1 }, { b: 1 }],
  ['half of a surrogate pair', '\ud800', '\ud800'],
] as const

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

describe('what has no JSON form', () => {
  test.each(cases)(
    '%s: the publisher is told, nobody else notices, and no offset is lost',
    async (_what, data) => {
      const bench = await startRoom()
      const audience = await Audience.open(bench)
      const channel = bench.server.routes.bench?.channels.room?.()
      await audience.publish(2)
      await expect(channel?.publish('said', data)).rejects.toMatchObject({ code: 'NOT_SERIALIZABLE' })
      await expect(channel?.publish('hint', data)).rejects.toMatchObject({ code: 'NOT_SERIALIZABLE' })
      await audience.publish(2)
      await audience.requireComplete()
      const history = await channel?.history()
      expect(history?.publications).toHaveLength(5)
    },
  )

  test.each(cases)('%s: as an answer, as an item and to one client it fails alone', async (_what, data) => {
    const echo = () => data
    const say = (ctx: BenchContext) => void ctx.client.notice?.(data)
    const count = function* () {
      yield data
    }
    const bench = await startRoom({ echo: (_ctx, given) => (given === 'here' ? given : echo()), say, count })
    const audience = await Audience.open(bench, 1)
    const client = await RawClient.open(bench.url)
    expect(await client.ask(1, 'echo', 1)).toMatchObject({ code: 'INTERNAL' })
    client.send(['event', 'say', 1])
    expect((await client.next('error', null))[2]).toMatchObject({ code: 'INTERNAL', name: 'say' })
    client.send(['stream', 2, 'count', 1, 5])
    expect((await client.next('error', 2))[2]).toMatchObject({ code: 'INTERNAL' })
    expect(await client.ask(3, 'echo', 'here')).toBe('here')
    await audience.requireComplete()
  })
})

describe('what JSON writes otherwise', () => {
  test.each(silent)('%s arrives as JSON has it', async (_what, data, expected) => {
    const bench = await startRoom()
    const member = await RawClient.open(bench.url)
    member.send(['subscribe', 1, 'room', { presence: {} }])
    await member.next('joined')
    await bench.server.routes.bench?.channels.room?.().publish('said', data)
    expect((await member.next('publication'))[3]).toEqual(expected)
  })
})
