import { afterEach, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import {
  anObject,
  aString,
  type BenchContext,
  type BenchHandlers,
  type BenchRoute,
  startBench,
  stopBenches,
} from './support/bench.js'

afterEach(stopBenches)

const tagged = (tag: string) => ({ kind: 'event', tag, data: anObject({ text: aString }) }) as const
const route: BenchRoute = {
  wire: 'bare',
  discriminator: 'type',
  receives: { say: tagged('say'), stop: tagged('stop'), handled: tagged('handled') },
}

type Iterator = ReturnType<BenchContext['messages']>
const message = (type: string, text = '') => JSON.stringify({ type, text })

/** A bare route whose connect handler hands its iterator to the test. */
async function start(options: object = {}, handlers: BenchHandlers = {}) {
  const contexts: BenchContext[] = []
  const iterators: Iterator[] = []
  const heard: unknown[] = []
  const bench = await startBench(route, {
    connect(ctx) {
      contexts.push(ctx)
      iterators.push(ctx.messages(options))
    },
    handled: (_ctx, { text }: { text: string }) => void heard.push(text),
    ...handlers,
  })
  const socket = new WebSocket(bench.url)
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  await new Promise((resolve) => socket.on('open', resolve))
  await expect.poll(() => contexts.length).toBe(1)
  const iterator = iterators[0] as Iterator
  return { bench, socket, closed, heard, iterator, ctx: contexts[0] as BenchContext }
}

async function collect(iterator: Iterator, until = 'stop'): Promise<unknown[]> {
  const texts: unknown[] = []
  for await (const { name, data } of iterator) {
    if (name === until) break
    texts.push((data as { text: string }).text)
  }
  return texts
}

describe('[nexios 9] reading the messages of a bare route', () => {
  test('gives them one by one, in order, until the disconnect', async () => {
    const { socket, iterator } = await start()
    for (const text of ['a', 'b', 'c']) socket.send(message('say', text))
    socket.close()
    expect(await collect(iterator)).toEqual(['a', 'b', 'c'])
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
  })

  test('leaves those alone that have a handler', async () => {
    const { socket, iterator, heard } = await start()
    for (const [type, text] of [
      ['say', 'a'],
      ['handled', 'b'],
      ['say', 'c'],
      ['stop', ''],
    ] as const)
      socket.send(message(type, text))
    expect(await collect(iterator)).toEqual(['a', 'c'])
    expect(heard).toEqual(['b'])
  })

  test('has checked them before', async () => {
    const { socket, iterator, bench } = await start()
    socket.send(JSON.stringify({ type: 'say', text: 7 }))
    socket.send(message('say', 'a'))
    socket.send(message('stop'))
    expect(await collect(iterator)).toEqual(['a'])
    expect(bench.server.counters.refused).toBe(1)
  })

  test('has the client wait when they are not read, and loses none', async () => {
    const { bench, socket, iterator } = await start({ maxBuffered: 4 })
    const text = 'x'.repeat(100_000)
    const sent = 150
    for (let count = 0; count < sent; count++) socket.send(message('say', text))
    socket.send(message('stop'))
    const { counters } = bench.server
    for (let last = -1; last !== counters.received; await new Promise((resolve) => setTimeout(resolve, 200)))
      last = counters.received
    expect(counters.received).toBeLessThan(sent / 2)
    expect(await collect(iterator)).toHaveLength(sent)
    expect(counters.received).toBe(sent + 1)
  })

  test.each([Number.NaN, 0, -1, '4'])('wants room for one message at least: not %s', async (maxBuffered) => {
    const { ctx, iterator } = await start()
    await iterator.return?.()
    expect(() => ctx.messages({ maxBuffered })).toThrow(RangeError)
    expect(ctx.messages(), 'nobody reads meanwhile').toBeDefined()
  })

  test('is done by one at a time, and by another one when that has left', async () => {
    const { socket, iterator, ctx, bench } = await start()
    expect(() => ctx.messages()).toThrow(TypeError)
    socket.send(message('stop'))
    await collect(iterator)
    socket.send(message('say', 'nobody reads'))
    await expect.poll(() => bench.server.counters.refused).toBe(1)
    const next = ctx.messages()
    socket.send(message('say', 'somebody does'))
    expect(await next.next()).toMatchObject({ value: { name: 'say', data: { text: 'somebody does' } } })
  })

  test('is over at once on a connection that is closed', async () => {
    const { socket, iterator, ctx } = await start()
    const waiting = iterator.next()
    socket.terminate()
    expect(await waiting).toEqual({ done: true, value: undefined })
    await iterator.return?.()
    expect(await ctx.messages().next()).toEqual({ done: true, value: undefined })
  })
})

test('a bare route without a handler for a message needs somebody who can begin to read', async () => {
  await expect(startBench(route, { say: () => undefined })).rejects.toThrow('no handler for stop')
})

test('messages of a route with an envelope have handlers', async () => {
  let thrown: unknown
  const bench = await startBench(
    {},
    {
      connect(ctx) {
        try {
          ctx.messages()
        } catch (error) {
          thrown = error
        }
      },
    },
  )
  const socket = new WebSocket(bench.url)
  await new Promise((resolve) => socket.on('open', resolve))
  socket.send('["hello",{}]')
  await expect.poll(() => thrown).toBeInstanceOf(TypeError)
  socket.terminate()
})
