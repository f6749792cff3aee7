import type { RouteDefinition } from '@wirepact/runtime'
import { afterEach, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { deferred } from './lab.js'
import {
  aNumber,
  anObject,
  anything,
  type BenchContext,
  type BenchHandlers,
  type BenchRoute,
  bytes,
  fits,
  startBench,
  stopBenches,
} from './support/bench.js'

afterEach(stopBenches)

const text = { ...fits((value) => typeof value === 'string' && value.length < 10), content: 'text' } as const

/** A client of any kind: it knows messages and nothing else. */
async function connect(url: string, options: { autoPong?: boolean; protocols?: string[] } = {}) {
  const { protocols = [], ...rest } = options
  const socket = new WebSocket(url, protocols, rest)
  const received: unknown[] = []
  const waiting: (() => void)[] = []
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    received.push(isBinary ? data : data.toString())
    for (const wake of waiting.splice(0)) wake()
  })
  const ended = new Promise<number>((resolve) => socket.on('close', resolve))
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  /** Waits until this many messages have come. */
  const receive = async (count: number) => {
    while (received.length < count) await new Promise<void>((resolve) => waiting.push(resolve))
    return received
  }
  return { socket, received, receive, ended, send: (data: string | Uint8Array) => socket.send(data) }
}

const json: BenchRoute = {
  wire: 'bare',
  discriminator: 'type',
  receives: {
    move: { kind: 'event', data: anObject({ x: aNumber }), tag: 'move' },
    stop: { kind: 'event', data: anything, tag: 'stop' },
    done: { kind: 'event', data: anything, tag: 'done' },
  },
  sends: { state: { kind: 'event', data: anObject({ x: aNumber }) } },
}

/** A robot that notes what it is told, and answers `done` with its state. */
async function startRobot(replaced: BenchHandlers = {}, options = {}, route: BenchRoute = {}) {
  const told: unknown[] = []
  const note = (name: string) => (_ctx: BenchContext, data: unknown) => void told.push([name, data])
  const done = (ctx: BenchContext) => void ctx.client.state?.({ type: 'state', x: told.length })
  const handlers = { move: note('move'), stop: note('stop'), done, ...replaced }
  const bench = await startBench({ ...json, ...route }, handlers, options)
  return { bench, told, client: await connect(bench.url) }
}

describe('a bare route', () => {
  test('connects without a hello, and sends what it says as it is', async () => {
    const { client } = await startRobot({
      connect: (ctx) => void ctx.client.state?.({ type: 'state', x: 7 }),
    })
    expect(await client.receive(1)).toEqual(['{"type":"state","x":7}'])
  })

  test('tells its messages apart by their discriminator', async () => {
    const { client, told } = await startRobot()
    client.send('{"x":1,"type":"move"}')
    client.send('{"type":"stop"}')
    client.send('{"type":"done"}')
    expect(await client.receive(1)).toEqual(['{"type":"state","x":2}'])
    expect(told).toEqual([
      ['move', { x: 1, type: 'move' }],
      ['stop', { type: 'stop' }],
    ])
  })

  test('handles what comes while the connect handler runs after it, in order', async () => {
    const gate = deferred()
    const { client, told } = await startRobot({ connect: () => gate.promise })
    client.send('{"x":1,"type":"move"}')
    client.send('{"type":"done"}')
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(told).toEqual([])
    gate.resolve()
    expect(await client.receive(1)).toEqual(['{"type":"state","x":1}'])
  })

  test.each([
    ['what is not JSON', 'hello'],
    ['JSON that is no object', '[]'],
    ['null', 'null'],
    ['an unknown tag', '{"type":"jump"}'],
    ['a tag that is a name of Object.prototype', '{"type":"constructor"}'],
    ['no tag', '{"x":1}'],
    ['a payload that does not fit', '{"type":"move","x":"far"}'],
    ['a key that could reach a prototype', '{"type":"stop","__proto__":{}}'],
    ['nesting without end', `{"type":"stop","x":${'['.repeat(500)}${']'.repeat(500)}}`],
    ['bytes', Buffer.from('{"type":"stop"}')],
  ])('forgives %s, in silence, as often as it forgives, and closes with 1007 then', async (_what, bad) => {
    const { client, told } = await startRobot({}, { limits: { maxInvalid: 2, invalidPerSecond: 0 } })
    client.send(bad)
    client.send(bad)
    client.send('{"type":"done"}')
    expect(await client.receive(1)).toEqual(['{"type":"state","x":0}'])
    client.send(bad)
    expect(await client.ended).toBe(1007)
    expect(told).toEqual([])
    expect(client.received).toHaveLength(1)
  })

  test('closes with 1008 those who come too often', async () => {
    const stop = {
      kind: 'event',
      data: anything,
      tag: 'stop',
      rateLimit: { perSecond: 0.01, burst: 1 },
    } as const
    const receives = { ...json.receives, stop }
    const options = { limits: { maxInvalid: 1, invalidPerSecond: 0 } }
    const { client, told } = await startRobot({}, options, { receives })
    for (let count = 0; count < 3; count++) client.send('{"type":"stop"}')
    expect(await client.ended).toBe(1008)
    expect(told).toHaveLength(1)
  })

  test('says nothing of a handler that throws, and goes on', async () => {
    const fail = () => {
      throw new Error('secret')
    }
    const { client, bench } = await startRobot({ stop: fail })
    client.send('{"type":"stop"}')
    client.send('{"type":"done"}')
    expect(await client.receive(1)).toEqual(['{"type":"state","x":0}'])
    expect(bench.logged.filter(({ level }) => level === 'error')).toHaveLength(1)
  })

  test('checks what it sends', async () => {
    const { bench, client } = await startRobot({ done: (ctx) => void ctx.client.state?.({ x: 'far' }) })
    client.send('{"type":"done"}')
    await expect.poll(() => bench.logged.length).toBe(1)
    expect(bench.logged[0]?.details).toMatchObject({ err: { code: 'INVALID_OUTPUT' } })
    expect(client.received).toEqual([])
  })

  test('refuses those whom the connect handler does not let in', async () => {
    const bench = await startBench(
      { ...json, auth: 'required' },
      { connect: (ctx) => void ctx.client.state?.({ x: 1 }), move: () => 0, stop: () => 0, done: () => 0 },
    )
    const client = await connect(bench.url)
    expect(await client.ended).toBe(4501)
    expect(client.received).toEqual([])
  })

  test("answers with a subprotocol that it has, and refuses Wirepact's, which it does not speak", async () => {
    const { bench } = await startRobot({}, {}, { subprotocols: ['robot.v1'] })
    expect((await connect(bench.url, { protocols: ['robot.v1'] })).socket.protocol).toBe('robot.v1')
    await expect(connect(bench.url, { protocols: ['wirepact.v1.json'] })).rejects.toThrow('400')
  })

  test('ends with 1012 when the server closes, without a word', async () => {
    const { bench, client } = await startRobot()
    client.send('{"type":"done"}')
    await client.receive(1)
    await bench.server.close()
    expect(await client.ended).toBe(1012)
    expect(client.received).toHaveLength(1)
  })
})

describe('the heartbeat of a bare route', () => {
  const options = { limits: { pingIntervalMs: 160, pingTimeoutMs: 100 } }

  test('is the ping of WebSocket itself, which every client answers', async () => {
    const { client } = await startRobot({}, options)
    let pings = 0
    client.socket.on('ping', () => pings++)
    await expect.poll(() => pings).toBeGreaterThan(2)
    client.send('{"type":"done"}')
    expect(await client.receive(1)).toEqual(['{"type":"state","x":0}'])
  })

  test('ends those who do not answer', async () => {
    const { bench } = await startRobot({}, options)
    const silent = await connect(bench.url, { autoPong: false })
    expect(await silent.ended).toBe(1006)
  })
})

describe('a bare route with one message of a kind', () => {
  test('takes every text as it is, and every binary message', async () => {
    const told: unknown[] = []
    const note = (name: string) => (_ctx: BenchContext, data: unknown) => void told.push([name, data])
    const route: BenchRoute = {
      wire: 'bare',
      receives: { line: { kind: 'event', data: text }, blob: { kind: 'event', data: bytes } },
      sends: { line: { kind: 'event', data: text }, blob: { kind: 'event', data: bytes } },
    }
    const echo = (ctx: BenchContext, data: unknown) => {
      told.push(data)
      void ctx.client.line?.(String(data))
      void ctx.client.blob?.(Uint8Array.of(1, 2))
    }
    const bench = await startBench(route, { line: echo, blob: note('blob') })
    const client = await connect(bench.url)
    client.send(Uint8Array.of(9, 8))
    client.send('much too long a text')
    client.send('["event"]')
    expect(await client.receive(2)).toEqual(['["event"]', Buffer.from([1, 2])])
    expect(told).toEqual([['blob', Uint8Array.of(9, 8)], '["event"]'])
  })

  test('takes all JSON without a discriminator', async () => {
    const route: BenchRoute = {
      wire: 'bare',
      receives: { any: { kind: 'event', data: anything } },
      sends: { any: { kind: 'event', data: anything } },
    }
    const bench = await startBench(route, {
      any: (ctx: BenchContext, data: unknown) => void ctx.client.any?.(data),
    })
    const client = await connect(bench.url)
    for (const message of ['[1,2]', 'null', '"x"']) client.send(message)
    expect(await client.receive(3)).toEqual(['[1,2]', 'null', '"x"'])
  })
})

test.each<[string, Partial<RouteDefinition>]>([
  ['a request', { receives: { ask: { kind: 'request', input: anything, output: anything, errors: {} } } }],
  [
    'a request of the server',
    { sends: { ask: { kind: 'request', input: anything, output: anything, errors: {} } } },
  ],
  ['a channel', { channels: { room: { name: 'room', join: 'open', messages: {} } } }],
])('%s cannot be had without the envelope', async (_what, part) => {
  await expect(startBench({ wire: 'bare', ...part }, { ask: () => null })).rejects.toThrow(TypeError)
})
