import { afterEach, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { anything, type BenchContext, startBench, stopBenches } from './support/bench.js'

afterEach(stopBenches)

const receives = { push: { kind: 'request', input: anything, output: anything, errors: {} } } as const

function push(ctx: BenchContext, data: never): unknown {
  const list = ctx.state.list as unknown[]
  list.push(data)
  return { ...ctx.state, seen: list.length }
}

test('the state of a connection starts with the defaults of its schema, a copy for each', async () => {
  const state = { list: ['first'], size: 3 }
  const bench = await startBench({ receives, state }, { push })
  const [one, other] = [await RawClient.open(bench.url), await RawClient.open(bench.url)]
  expect(await one.ask(1, 'push', 'a')).toEqual({ list: ['first', 'a'], size: 3, seen: 2 })
  expect(await other.ask(1, 'push', 'b')).toEqual({ list: ['first', 'b'], size: 3, seen: 2 })
  expect(state.list).toEqual(['first'])
})

test('the state of a connection without defaults starts empty', async () => {
  const bench = await startBench({ receives }, { push: (ctx) => ctx.state })
  expect(await (await RawClient.open(bench.url)).ask(1, 'push', null)).toEqual({})
})
