import type { StreamDefinition } from '@wirepact/runtime'
import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { deferred } from './lab.js'
import {
  aNumber,
  anObject,
  anything,
  type BenchContext,
  type BenchHandlers,
  startBench,
  stopBenches,
} from './support/bench.js'

afterEach(stopBenches)

const count: StreamDefinition = {
  kind: 'stream',
  input: aNumber,
  item: aNumber,
  errors: { TIRED: anObject({ at: aNumber }) },
}
const echo = { kind: 'request', input: anything, output: anything, errors: {} } as const

/** A route with a stream `count`, made by `handler`, and a connection to it. */
async function open(handler: BenchHandlers[string], options = {}) {
  const handlers = { count: handler, echo: (_ctx: unknown, data: unknown) => data } as BenchHandlers
  const bench = await startBench({ receives: { count, echo } }, handlers, options)
  return { bench, client: await RawClient.open(bench.url) }
}

/** What has arrived of a stream, once everything that was under way is here. */
async function arrived(client: RawClient, id: number): Promise<unknown[]> {
  await client.ask(9000 + client.frames.length, 'echo', null)
  return client.all('item').flatMap(([, of, item]) => (of === id ? [item] : []))
}

/** Counts up to its input, and notes what it was asked for and whether it was ended. */
function counter() {
  const notes = { pulled: 0, ended: 0 }
  const done = deferred()
  async function* handler(_ctx: BenchContext, limit: number) {
    try {
      for (let item = 1; item <= limit; item++) {
        notes.pulled = item
        yield item
      }
    } finally {
      notes.ended++
      done.resolve()
    }
  }
  return { handler, notes, done: done.promise }
}

const fail = () => {
  throw new Error('secret')
}
const failing = { [Symbol.iterator]: () => ({ next: fail }) }

describe('a stream', () => {
  test('sends its items in order, and then its end', async () => {
    const { client } = await open(counter().handler)
    client.send(['stream', 1, 'count', 3, 10])
    expect(await client.next('end', 1)).toEqual(['end', 1])
    expect(client.frames.slice(1)).toEqual([
      ['item', 1, 1],
      ['item', 1, 2],
      ['item', 1, 3],
      ['end', 1],
    ])
  })

  test('may be any iterable, also behind a promise', async () => {
    const { client } = await open(async () => new Set([5, 6]))
    client.send(['stream', 1, 'count', 0, 10])
    await client.next('end', 1)
    expect(await arrived(client, 1)).toEqual([5, 6])
  })

  test('never sends more items than it has credit for, and is not even asked for them', async () => {
    const { handler, notes } = counter()
    const { client } = await open(handler)
    client.send(['stream', 1, 'count', 100, 2])
    await client.next('item', 1)
    await client.next('item', 1)
    expect(await arrived(client, 1)).toEqual([1, 2])
    expect(notes.pulled).toBe(2)
    client.send(['credit', 1, 3])
    for (let more = 0; more < 3; more++) await client.next('item', 1)
    expect(await arrived(client, 1)).toEqual([1, 2, 3, 4, 5])
    expect(notes.pulled).toBe(5)
  })

  test('counts credit that comes before the handler has returned', async () => {
    const gate = deferred()
    const { client } = await open(async () => {
      await gate.promise
      return [1, 2, 3, 4]
    })
    client.send(['stream', 1, 'count', 0, 1])
    client.send(['credit', 1, 2])
    await client.ask(2, 'echo', null)
    gate.resolve()
    for (let more = 0; more < 3; more++) await client.next('item', 1)
    expect(await arrived(client, 1)).toEqual([1, 2, 3])
  })

  test('that is cancelled lets its iterator clean up, sends nothing more, and frees its id', async () => {
    const { handler, done } = counter()
    const { client } = await open(handler)
    client.send(['stream', 1, 'count', 100, 1])
    await client.next('item', 1)
    client.send(['cancel', 1])
    await done
    client.send(['credit', 1, 5])
    expect(await arrived(client, 1)).toEqual([1])
    expect(client.all('end')).toEqual([])
    client.send(['stream', 1, 'count', 1, 5])
    await client.next('end', 1)
  })

  test('that is cancelled before its handler has returned is never begun', async () => {
    const gate = deferred()
    const ended = deferred()
    const finish = () => {
      ended.resolve()
      return { done: true }
    }
    const items = { next: () => ({ done: false, value: 1 }), return: finish }
    const { client } = await open(async () => {
      await gate.promise
      return { [Symbol.iterator]: () => items }
    })
    client.send(['stream', 1, 'count', 0, 5])
    client.send(['cancel', 1])
    await client.ask(2, 'echo', null)
    gate.resolve()
    await ended.promise
    expect(await arrived(client, 1)).toEqual([])
  })

  test('ends with its connection', async () => {
    const { handler, done, notes } = counter()
    const { client } = await open(handler)
    client.send(['stream', 1, 'count', 100, 1])
    await client.next('item', 1)
    client.terminate()
    await done
    expect(notes).toEqual({ pulled: 1, ended: 1 })
  })

  test('that waits learns from its signal that it was cancelled, or lost its connection', async () => {
    const begun: AbortSignal[] = []
    const { client } = await open(async function* (ctx: BenchContext, first: number) {
      begun.push(ctx.signal)
      yield first
      await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve))
    })
    for (const id of [1, 2]) client.send(['stream', id, 'count', id, 5])
    await client.next('item', 2)
    client.send(['cancel', 1])
    await client.ask(3, 'echo', null)
    expect(begun.map(({ aborted }) => aborted)).toEqual([true, false])
    client.terminate()
    await expect.poll(() => begun.map(({ aborted }) => aborted)).toEqual([true, true])
  })

  test('may end with the error that it declares', async () => {
    const { client } = await open(async function* (ctx: BenchContext) {
      yield 1
      throw ctx.errors.TIRED?.({ at: 1 })
    })
    client.send(['stream', 1, 'count', 0, 5])
    expect(await client.next('error', 1)).toMatchObject([
      'error',
      1,
      { code: 'TIRED', declared: true, data: { at: 1 } },
    ])
    expect(await arrived(client, 1)).toEqual([1])
  })

  test.each<[string, () => unknown]>([
    ['an unexpected failure', () => failing],
    ['a handler that throws', fail],
    ['an item that does not fit', () => ['secret']],
    ['an answer that cannot be iterated', () => 7],
  ])('ends with INTERNAL after %s, and says nothing of it', async (_what, handler) => {
    const { client, bench } = await open(handler)
    client.send(['stream', 1, 'count', 0, 5])
    expect(await client.next('error', 1)).toMatchObject(['error', 1, { code: 'INTERNAL' }])
    expect(JSON.stringify(client.frames)).not.toContain('secret')
    expect(bench.logged.filter(({ level }) => level === 'error')).toHaveLength(1)
  })

  test('whose item cannot be sent ends its iterator', async () => {
    const ended = deferred()
    const { client } = await open(function* () {
      try {
        yield 'no number'
        yield 2
      } finally {
        ended.resolve()
      }
    })
    client.send(['stream', 1, 'count', 0, 5])
    await client.next('error', 1)
    await ended.promise
    expect(await arrived(client, 1)).toEqual([])
  })

  test('counts as a message that waits, until it ends', async () => {
    const { client } = await open(counter().handler, { limits: { maxPending: 2 } })
    for (const id of [1, 2]) client.send(['stream', id, 'count', 1, 1])
    client.send(['stream', 3, 'count', 1, 1])
    expect(await client.next('error', 3)).toMatchObject({ 2: { code: 'TOO_MANY_PENDING' } })
    client.send(['credit', 1, 1])
    await client.next('end', 1)
    client.send(['stream', 4, 'count', 0, 1])
    await client.next('end', 4)
  })

  test('that was cancelled counts until its handler is done', async () => {
    const gate = deferred()
    const handler = async function* () {
      await gate.promise
      yield 1
    }
    const { client } = await open(handler, { limits: { maxPending: 2 } })
    for (const id of [1, 2]) {
      client.send(['stream', id, 'count', 1, 1])
      client.send(['cancel', id])
    }
    client.send(['stream', 3, 'count', 1, 1])
    expect(await client.next('error', 3)).toMatchObject({ 2: { code: 'TOO_MANY_PENDING' } })
  })

  test('is refused more credit than the limit, at once or in parts', async () => {
    const { client } = await open(counter().handler, { limits: { maxCredit: 10 } })
    client.send(['stream', 1, 'count', 100, 11])
    expect(await client.next('error', 1)).toMatchObject({ 2: { code: 'INVALID_FRAME' } })
    client.send(['stream', 2, 'count', 100, 1])
    await client.next('item', 2)
    client.send(['credit', 2, 11])
    expect(await client.next('error', null)).toMatchObject({ 2: { code: 'INVALID_FRAME' } })
    expect(await arrived(client, 2)).toEqual([1])
  })

  test('waits for a reader that does not keep up, and goes on when it does', async () => {
    const big = 'x'.repeat(50_000)
    let pulled = 0
    const handler = function* () {
      while (pulled < 200) {
        pulled++
        yield big
      }
    }
    const item = { ...count, item: anything }
    const bench = await startBench({ receives: { count: item } }, { count: handler })
    const client = await RawClient.open(bench.url)
    client.socket.pause()
    client.send(['stream', 1, 'count', 0, 1000])
    await expect.poll(() => pulled).toBeGreaterThan(0)
    let before = -1
    await expect
      .poll(
        () => {
          const isStill = before === pulled
          before = pulled
          return isStill
        },
        { interval: 50 },
      )
      .toBe(true)
    expect(pulled).toBeLessThan(200)
    client.socket.resume()
    await client.next('end', 1)
    expect(client.all('item')).toHaveLength(200)
  })

  test('refuses an input that does not fit, an unknown name, and a request by that name', async () => {
    const { client } = await open(counter().handler)
    client.send(['stream', 1, 'count', 'many', 1])
    expect(await client.next('error', 1)).toMatchObject({ 2: { code: 'INVALID_PAYLOAD' } })
    client.send(['stream', 2, 'echo', 1, 1])
    expect(await client.next('error', 2)).toMatchObject({ 2: { code: 'UNKNOWN_MESSAGE' } })
    client.send(['request', 3, 'count', 1])
    expect(await client.next('error', 3)).toMatchObject({ 2: { code: 'UNKNOWN_MESSAGE' } })
  })
})

test('a request that was cancelled does not answer the next one of its id', async () => {
  const gates = [deferred<number>(), deferred<number>()]
  let asked = 0
  const receives = { wait: { ...echo, input: anything }, echo }
  const handlers = { wait: () => gates[asked++]?.promise, echo: () => null }
  const client = await RawClient.open((await startBench({ receives }, handlers)).url)
  client.send(['request', 1, 'wait', null])
  client.send(['cancel', 1])
  client.send(['request', 1, 'wait', null])
  await client.ask(2, 'echo', null)
  gates[0]?.resolve(1)
  await client.ask(3, 'echo', null)
  gates[1]?.resolve(2)
  expect(await client.next('reply', 1)).toEqual(['reply', 1, 2])
})
