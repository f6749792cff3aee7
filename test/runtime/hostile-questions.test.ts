import { afterEach, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { aNumber, anything, type BenchContext, bytes, startBench, stopBenches } from './support/bench.js'

afterEach(stopBenches)

const question = { input: anything, errors: {} } as const
const route = {
  receives: {
    ask: { ...question, kind: 'request', output: anything },
    count: { ...question, kind: 'stream', item: aNumber },
    blob: { ...question, kind: 'stream', input: bytes, item: bytes },
    put: { kind: 'event', data: aNumber, delivery: 'acknowledged' },
  },
  sends: {
    confirm: { ...question, kind: 'request', output: aNumber },
    watch: { ...question, kind: 'stream', item: aNumber },
  },
} as const

/** Numbers that look like chance and are the same in every run. */
function createChance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** A frame of any type with any numbers, right or wrong. */
function createFrame(chance: (below: number) => number): unknown[] {
  const id = chance(6) === 0 ? [-1, 'x', null, 1.5][chance(4)] : chance(12)
  const name = ['ask', 'count', 'blob', 'put', 'gone', 'confirm'][chance(6)]
  const credit = [0, 1, 3, 10_000, 10_001, 2 ** 53][chance(6)]
  const data = [null, 1, 'x', {}, [], { code: 'X', message: 'x' }][chance(6)]
  const frames = [
    ['request', id, name, data],
    ['stream', id, name, data, credit],
    ['stream', id, name, data, credit],
    ['credit', id, credit],
    ['cancel', id],
    ['reply', id, data],
    ['item', id, data],
    ['error', id, data],
    ['end', id],
    ['event', name, data, credit],
  ]
  return frames[chance(frames.length)] as unknown[]
}

test.each([1, 2, 3])('no order of questions and answers harms the server or others (%i)', async (seed) => {
  const limits = { maxInvalid: 1_000_000, maxPending: 20 }
  const asked: Promise<unknown>[] = []
  const handlers = {
    connect: (ctx: BenchContext) => {
      for (let count = 0; count < 5; count++) {
        asked.push(
          Promise.resolve(ctx.client.confirm?.(count)).catch((error: { code: string }) => error.code),
        )
        asked.push(
          Promise.resolve(ctx.client.watch?.(count).next()).catch((error: { code: string }) => error.code),
        )
      }
    },
    ask: async (_ctx: BenchContext, data: unknown) => data,
    *count() {
      for (let item = 0; ; item++) yield item
    },
    async *blob(_ctx: BenchContext, data: Uint8Array) {
      yield data
    },
    put: async () => undefined,
  }
  const bench = await startBench(route, handlers, { limits })
  const other = await RawClient.open(bench.url)
  const client = await RawClient.open(bench.url)
  const chance = createChance(seed)
  for (let count = 0; count < 1000; count++) {
    if (chance(4) > 0) client.send(createFrame(chance))
    else client.sendBytes(createFrame(chance), Buffer.alloc(chance(20)))
  }
  for (let id = 0; id < 12; id++) client.send(['cancel', id])
  // What was cancelled in the same turn as this question may still count; nothing counts for ever.
  let id = 100
  await expect.poll(() => client.ask(id++, 'ask', 'still here'), { timeout: 10_000 }).toBe('still here')
  const together = Array.from({ length: 20 }, (_value, index) => client.ask(5000 + index, 'ask', index))
  expect(await Promise.all(together)).toEqual(together.map((_answer, index) => index))
  expect(await other.ask(1, 'ask', 'unharmed')).toBe('unharmed')
  client.terminate()
  other.terminate()
  const settled = await Promise.all(asked)
  expect(settled).toHaveLength(20)
  expect(bench.logged.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([])
})
