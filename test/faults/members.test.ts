import { afterEach, describe, expect, test } from 'vitest'
import { frameCases } from '../hostile/frame-cases.js'
import { text } from '../hostile/support/frame-bytes.js'
import { RawSocket } from '../hostile/support/raw-socket.js'
import { type Bench, type BenchContext, stopBenches } from '../runtime/support/bench.js'
import { RawClient } from '../support/raw-client.js'
import { Audience, openMember, startRoom, waitFor } from './support/audience.js'
import { BlackHole } from './support/black-hole.js'

const holes: BlackHole[] = []

afterEach(async () => {
  for (const hole of holes.splice(0)) hole.close()
  await stopBenches()
})

const portOf = (bench: Bench) => Number(new URL(bench.url).port)

describe('every other member gets everything, in order and once, while one member', () => {
  test('stops reading, and is closed when its cap is reached', async () => {
    const bench = await startRoom({}, { limits: { maxBufferedBytes: 500_000 } })
    const audience = await Audience.open(bench)
    const stalled = await openMember(bench)
    stalled.socket.pause()
    while (bench.server.counters.slowConsumers === 0) await audience.publish(20, 'x'.repeat(50_000))
    await audience.requireComplete()
    expect(bench.server.connections).toBe(3)
    stalled.terminate()
  })

  test('vanishes without a FIN, and leaves the presence when the heartbeat notices', async () => {
    const limits = { pingIntervalMs: 160, pingTimeoutMs: 160 }
    const bench = await startRoom({}, { limits })
    const hole = new BlackHole(portOf(bench))
    holes.push(hole)
    const audience = await Audience.open(bench, 1)
    const watcher = await openMember(bench)
    const gone = await RawClient.open(`ws://127.0.0.1:${await hole.listen()}/bench`)
    gone.send(['subscribe', 1, 'room', { presence: { name: 'gone' } }])
    await gone.next('joined')
    hole.swallow()
    gone.terminate()
    const leaves = () =>
      watcher
        .all('presence')
        .flatMap(([, , changes]) => changes as string[][])
        .filter(([change]) => change === 'leave')
    while (leaves().length === 0) await audience.publish(1)
    expect(bench.server.connections).toBe(2)
    await audience.requireComplete()
  })

  test('throws in every handler, whatever can be thrown', async () => {
    const { handlers, thrown } = throwing()
    const bench = await startRoom(handlers)
    const audience = await Audience.open(bench)
    for (let round = 0; round < thrown.length; round++) {
      const victim = await RawClient.open(`${bench.url}`)
      victim.send(['event', 'say', { bad: round }])
      victim.send(['request', 1, 'echo', { bad: round }])
      victim.send(['stream', 2, 'count', { bad: round }, 10])
      victim.send(['stream', 3, 'count', { bad: round, late: true }, 10])
      victim.send(['subscribe', 4, 'vault', {}])
      const errors = await Promise.all([null, 1, 2, 3, 4].map((id) => victim.next('error', id)))
      expect(errors.map(([, , error]) => (error as { code: string }).code)).toEqual(Array(5).fill('INTERNAL'))
      await audience.publish(2)
      await victim.close()
    }
    await audience.requireComplete()
    const failed = bench.logged.map(({ details }) => (details as { handler?: string }).handler)
    for (const handler of ['say', 'echo', 'count', 'disconnect']) {
      expect(failed.filter((name) => name === handler).length).toBeGreaterThanOrEqual(thrown.length)
    }
    expect(bench.server.connections).toBe(3)
  })

  test('throws in its connect handler', async () => {
    let tries = 0
    const connect = () => {
      if (++tries % 2 === 0) throw new Error('no')
    }
    const bench = await startRoom({ connect })
    const audience = await Audience.open(bench, 1)
    for (let round = 0; round < 5; round++) {
      const refused = await RawClient.open(bench.url)
      expect(await refused.ended).toMatchObject({ code: 1011 })
      await RawClient.open(bench.url)
      await audience.publish(2)
    }
    await audience.requireComplete()
  })

  test('floods with messages, good and bad', async () => {
    const bench = await startRoom({}, { limits: { maxPending: 5_000 } })
    const audience = await Audience.open(bench)
    const flooding = Array.from({ length: 2_000 }, (_, index) => `["event","say",{"flood":${index}}]`)
    const flooders = await Promise.all([RawClient.open(bench.url), RawClient.open(bench.url)])
    for (const message of flooding) flooders[0]?.sendText(message)
    for (let index = 0; index < 2_000; index++) flooders[1]?.sendText('bad')
    await audience.publish(50)
    expect((await flooders[1]?.ended)?.code).toBe(4505)
    expect(await flooders[0]?.ask(1, 'echo', 'done')).toBe('done')
    await audience.requireComplete()
  })

  test('floods with pings and reads none of the answers', async () => {
    const bench = await startRoom()
    const audience = await Audience.open(bench)
    const flooder = await RawClient.open(bench.url)
    flooder.socket.pause()
    let isClosed = false
    flooder.socket.on('close', () => (isClosed = true))
    for (let round = 0; round < 200 && !isClosed; round++) {
      for (let index = 0; index < 100; index++) flooder.socket.ping('x'.repeat(125))
      await audience.publish(1)
    }
    await audience.requireComplete()
    flooder.terminate()
  })

  test('asks for streams without end and reads none of their items', async () => {
    const warnings: Error[] = []
    const note = (warning: Error) => void warnings.push(warning)
    process.on('warning', note)
    const count = function* () {
      for (;;) yield 'x'.repeat(10_000)
    }
    const bench = await startRoom({ count })
    const audience = await Audience.open(bench)
    const greedy = await RawClient.open(bench.url)
    greedy.socket.pause()
    for (let id = 1; id <= 50; id++) greedy.send(['stream', id, 'count', null, 10_000])
    await audience.publish(200)
    await audience.requireComplete()
    expect(bench.server.counters.slowConsumers).toBe(0)
    greedy.terminate()
    process.off('warning', note)
    expect(warnings).toEqual([])
  })

  test('sends hostile frames, one connection after the other', async () => {
    const bench = await startRoom()
    const audience = await Audience.open(bench)
    const hello = text('["hello",{}]')
    const subscribe = text('["subscribe",1,"room",{"presence":{}}]')
    for (const { bytes } of frameCases
      .filter(({ close = 1000 }) => [1002, 1007, 1008].includes(close))
      .slice(0, 120)) {
      const socket = await RawSocket.open(portOf(bench), '/bench', Buffer.concat([hello, subscribe]))
      await socket.messages(2)
      socket.write(bytes)
      await audience.publish(1)
      expect((await socket.ended).close).not.toBe(1006)
    }
    await audience.requireComplete()
    await waitFor(() => bench.server.connections === 3)
  })

  test('comes and goes, as do fifty others, while there are publications', async () => {
    const bench = await startRoom()
    const audience = await Audience.open(bench)
    let isOver = false
    const visit = async (index: number) => {
      while (!isOver) {
        const visitor = await openMember(bench, { index })
        if (index % 3 === 0) visitor.terminate()
        else if (index % 3 === 1) await visitor.close()
        else {
          visitor.send(['unsubscribe', 2, 'room'])
          await visitor.next('left')
          visitor.terminate()
        }
      }
    }
    const storm = Promise.all(Array.from({ length: 50 }, (_, index) => visit(index)))
    await audience.publish(300)
    isOver = true
    await storm
    await audience.requireComplete()
    await waitFor(() => bench.server.connections === 3)
    expect(await bench.server.routes.bench?.channels.room?.().members()).toHaveLength(3)
  })
})

/** Handlers that throw for whoever sends something bad; and whoever did throws in `disconnect`, too. */
function throwing() {
  const trap = new Proxy(
    {},
    {
      get: () => {
        throw new Error('trap')
      },
    },
  )
  const poison = Object.defineProperty({}, 'then', {
    get: () => {
      throw new Error('then')
    },
  })
  const thrown: readonly unknown[] = [
    new Error('x'),
    undefined,
    null,
    'text',
    0,
    Symbol('s'),
    trap,
    () => undefined,
  ]
  const fail = (value: unknown) => {
    throw value
  }
  const badOf = (data: unknown) => (data as { bad?: number } | null)?.bad
  const run = (ctx: BenchContext, data: unknown): unknown => {
    const bad = badOf(data)
    if (bad === undefined) return data
    ctx.state.bad = bad
    return bad % 2 === 0 ? fail(thrown[bad]) : Promise.reject(thrown[bad])
  }
  const handlers = {
    echo: run,
    say: run,
    count: (ctx: BenchContext, data: { late?: boolean }) => {
      if (!data.late) return run(ctx, data)
      return (async function* () {
        yield 1
        await run(ctx, data)
      })()
    },
    authorize: { vault: (ctx: BenchContext) => (ctx.state.bad === 1 ? poison : run(ctx, ctx.state)) },
    disconnect: (ctx: BenchContext) => run(ctx, ctx.state),
  }
  return { handlers, thrown }
}
