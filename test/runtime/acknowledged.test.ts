import { type Engine, memoryEngine } from '@wirepact/runtime'
import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { deferred } from './lab.js'
import {
  aNumber,
  anything,
  type BenchContext,
  type BenchHandlers,
  startBench,
  stopBenches,
} from './support/bench.js'

afterEach(stopBenches)

const session = 'a-session-of-sixteen'
const receives = {
  put: { kind: 'event', data: aNumber, delivery: 'acknowledged' },
  say: { kind: 'event', data: anything },
  echo: { kind: 'request', input: anything, output: anything, errors: {} },
} as const

/** A server whose handler notes what it was given, and a way to connect to it under one session. */
async function start(replaced: BenchHandlers = {}, options = {}) {
  const handled: unknown[] = []
  const put = (_ctx: BenchContext, data: unknown) => void handled.push(data)
  const handlers = { put, say: put, echo: (_ctx: BenchContext, data: unknown) => data, ...replaced }
  const bench = await startBench({ receives }, handlers, options)
  const connect = () => RawClient.open(bench.url, { hello: { session } })
  return { bench, handled, connect }
}

const acks = (client: RawClient) => client.all('ack').map(([, sequence]) => sequence)

describe('an acknowledged event', () => {
  test('is acknowledged once its handler is done', async () => {
    const gate = deferred()
    const { connect } = await start({ put: () => gate.promise })
    const client = await connect()
    client.send(['event', 'put', 1, 1])
    await client.ask(1, 'echo', null)
    expect(acks(client)).toEqual([])
    gate.resolve()
    expect(await client.next('ack')).toEqual(['ack', 1])
  })

  test('waits until the one before it is done, while other messages go on', async () => {
    const gates = [deferred(), deferred(), deferred()]
    const started: unknown[] = []
    const { connect } = await start({
      put: async (_ctx: BenchContext, data: number) => {
        started.push(data)
        await gates[data]?.promise
      },
    })
    const client = await connect()
    for (const [index] of gates.entries()) client.send(['event', 'put', index, index + 1])
    await client.ask(1, 'echo', null)
    expect(started).toEqual([0])
    gates[2]?.resolve()
    gates[0]?.resolve()
    await client.next('ack', 1)
    await client.ask(2, 'echo', null)
    expect(started).toEqual([0, 1])
    gates[1]?.resolve()
    await client.next('ack', 3)
    expect(acks(client)).toEqual([1, 2, 3])
  })

  test('that was handled is dropped and acknowledged again, on this connection and the next', async () => {
    const { connect, handled } = await start()
    const first = await connect()
    expect(first.frames[0]).not.toHaveProperty('1.acked')
    for (const sequence of [1, 2, 2, 1]) first.send(['event', 'put', sequence, sequence])
    await first.ask(1, 'echo', null)
    expect(acks(first)).toEqual([1, 2, 2, 2])
    await first.close()
    const second = await connect()
    expect(second.frames[0]).toMatchObject(['welcome', { acked: 2 }])
    for (const sequence of [1, 2, 3]) second.send(['event', 'put', sequence, sequence])
    await second.next('ack', 3)
    expect(handled).toEqual([1, 2, 3])
  })

  test('that is being handled and comes again is handled once', async () => {
    const gate = deferred()
    let times = 0
    const { connect } = await start({
      put: () => {
        times++
        return gate.promise
      },
    })
    const client = await connect()
    client.send(['event', 'put', 1, 1])
    client.send(['event', 'put', 1, 1])
    await client.ask(1, 'echo', null)
    gate.resolve()
    await client.next('ack')
    await client.ask(2, 'echo', null)
    expect([times, acks(client)]).toEqual([1, [1]])
  })

  test('that a lost connection has left running is not handled again by the next one', async () => {
    const gate = deferred()
    const handled: number[] = []
    const { connect } = await start({
      put: async (_ctx: BenchContext, data: number) => {
        handled.push(data)
        if (data === 1) await gate.promise
      },
    })
    const first = await connect()
    for (const sequence of [1, 2]) first.send(['event', 'put', sequence, sequence])
    await first.ask(1, 'echo', null)
    first.terminate()
    const second = connect()
    setTimeout(gate.resolve, 50)
    const client = await second
    expect(client.frames[0]).toMatchObject(['welcome', { acked: 1 }])
    for (const sequence of [1, 2]) client.send(['event', 'put', sequence, sequence])
    await client.next('ack', 2)
    expect(handled).toEqual([1, 2])
  })

  test('goes on where a session stands that this server does not remember', async () => {
    const { connect, handled } = await start()
    const client = await connect()
    client.send(['event', 'put', 7, 7])
    expect(await client.next('ack')).toEqual(['ack', 7])
    expect(handled).toEqual([7])
  })

  test.each([
    ['a payload that does not fit', ['event', 'put', 'one', 1], { code: 'INVALID_PAYLOAD', name: 'put' }],
    ['an unknown name', ['event', 'gone', 1, 1], { code: 'UNKNOWN_MESSAGE', name: 'gone' }],
    ['a handler that throws', ['event', 'put', -1, 1], { code: 'INTERNAL', name: 'put' }],
  ])('that is refused for %s is answered with an error, and acknowledged', async (_what, frame, error) => {
    const { connect } = await start({
      put: (_ctx: BenchContext, data: number) => {
        if (data < 0) throw new Error('no')
      },
    })
    const client = await connect()
    client.send(frame)
    client.send(['event', 'put', 2, 2])
    await client.next('ack', 2)
    expect(client.frames.slice(1)).toMatchObject([
      ['error', null, error],
      ['ack', 1],
      ['ack', 2],
    ])
  })

  test('of which there are many makes the client wait, and none is lost', async () => {
    const gate = deferred()
    const handled: unknown[] = []
    const put = async (_ctx: BenchContext, data: number) => {
      await gate.promise
      handled.push(data)
    }
    const { connect, bench } = await start({ put }, { limits: { maxPending: 4, maxHeld: 3000 } })
    const client = await connect()
    const all = Array.from({ length: 10_000 }, (_value, index) => index + 1)
    for (const sequence of all) client.send(['event', 'put', sequence, sequence])
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(bench.server.counters.received).toBeLessThan(8000)
    gate.resolve()
    await client.next('ack', 10_000)
    expect(handled).toEqual(all)
  })

  test('may ask the client something, however many wait behind it', async () => {
    const confirm = { kind: 'request', input: anything, output: anything, errors: {} } as const
    const handled: unknown[] = []
    const gate = deferred()
    const put = async (ctx: BenchContext, data: number) => {
      await gate.promise
      if (data % 50 === 1) await ctx.client.confirm?.(data)
      handled.push(data)
    }
    const limits = { maxPending: 4, callTimeoutMs: 0 }
    const bench = await startBench({ receives, sends: { confirm } }, { put, say: put, echo: put }, { limits })
    const client = await RawClient.open(bench.url)
    const all = Array.from({ length: 200 }, (_value, index) => index + 1)
    for (const sequence of all) client.send(['event', 'put', sequence, sequence])
    await expect.poll(() => bench.server.counters.received).toBeGreaterThan(5)
    gate.resolve()
    for (let question = 0; question < 4; question++) {
      const [, id] = await client.next('request')
      client.send(['reply', id, null])
    }
    await client.next('ack', 200)
    expect(handled).toEqual(all)
  })

  test('without a sequence is an event like any other', async () => {
    const { connect, handled } = await start()
    const client = await connect()
    client.send(['event', 'put', 1])
    await client.ask(1, 'echo', null)
    expect([handled, acks(client)]).toEqual([[1], []])
  })
})

/** The engine of this process's memory, with another way to remember. */
function engineThat(advance: Engine['advance']): Engine {
  const engine = memoryEngine()
  return {
    ...Object.fromEntries(
      (['attach', 'detach', 'append', 'send', 'read', 'clear', 'enter', 'leave', 'members'] as const).map(
        (name) => [name, (engine[name] as (...values: unknown[]) => unknown).bind(engine)],
      ),
    ),
    open: engine.open.bind(engine),
    close: engine.close.bind(engine),
    sequence: engine.sequence.bind(engine),
    advance,
  } as Engine
}

test('an event is acknowledged when the engine remembers it, not before', async () => {
  const gate = deferred()
  const { connect, handled } = await start({}, { engine: engineThat(() => gate.promise) })
  const client = await connect()
  for (const sequence of [1, 2]) client.send(['event', 'put', sequence, sequence])
  await client.ask(1, 'echo', null)
  expect([handled, acks(client)]).toEqual([[1], []])
  gate.resolve()
  await client.next('ack', 2)
  expect([handled, acks(client)]).toEqual([
    [1, 2],
    [1, 2],
  ])
})

describe('when the engine fails', () => {
  test('an event is not acknowledged, and the connection ends so that it comes again', async () => {
    const broken = engineThat(() => {
      throw new Error('disk full')
    })
    const { connect, bench } = await start({}, { engine: broken })
    const client = await connect()
    client.send(['event', 'put', 1, 1])
    expect((await client.ended).code).toBe(1013)
    expect(acks(client)).toEqual([])
    expect(bench.logged.some(({ level }) => level === 'error')).toBe(true)
  })
})
