import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { deferred } from './lab.js'
import {
  aNumber,
  anything,
  type BenchContext,
  bytes,
  fits,
  startBench,
  stopBenches,
} from './support/bench.js'

afterEach(stopBenches)

const payload = Buffer.from([0, 255, 1, 254, 91, 34])
const few = { ...bytes, check: (value: unknown) => value instanceof Uint8Array && value.length <= 4 }
const request = { kind: 'request', errors: {} } as const

const route = {
  receives: {
    upload: { kind: 'event', data: few },
    note: { kind: 'event', data: anything },
    size: { ...request, input: bytes, output: aNumber },
    repeat: { ...request, input: anything, output: bytes },
    chunks: { kind: 'stream', input: bytes, item: bytes, errors: {} },
    echo: { ...request, input: anything, output: anything },
  },
  sends: {
    image: { kind: 'event', data: bytes },
    scan: { ...request, input: bytes, output: bytes },
    record: { kind: 'stream', input: anything, item: bytes, errors: {} },
  },
  channels: {
    films: {
      name: 'films/{id}',
      join: 'open',
      messages: { frame: { data: bytes, history: true }, title: { data: anything, history: true } },
      history: { maxMessages: 10, replay: 10 },
    },
  },
} as const

/** A connection, its context on the server, and the data of every event that came. */
async function open(handlers = {}, options = {}) {
  const connected = deferred<BenchContext>()
  const events: unknown[] = []
  const note = (_ctx: BenchContext, data: unknown) => void events.push(data)
  const bench = await startBench(
    route,
    {
      connect: (ctx) => connected.resolve(ctx),
      upload: note,
      note,
      size: (_ctx: BenchContext, data: Uint8Array) => data.length,
      repeat: (_ctx: BenchContext, times: number) => new Uint8Array(payload.length * times).fill(7),
      *chunks(_ctx: BenchContext, data: Uint8Array) {
        yield data.subarray(0, 2)
        yield data.subarray(2)
      },
      echo: (_ctx: BenchContext, data: unknown) => data,
      ...handlers,
    },
    options,
  )
  const client = await RawClient.open(bench.url)
  return { bench, client, events, ctx: await connected.promise }
}

describe('bytes', () => {
  test('come to the handler of an event as a Uint8Array', async () => {
    const { client, events } = await open()
    client.sendBytes(['event', 'upload', null], payload.subarray(0, 4))
    await client.ask(1, 'echo', null)
    expect(events).toEqual([Uint8Array.of(0, 255, 1, 254)])
    expect(Object.getPrototypeOf(events[0])).toBe(Uint8Array.prototype)
  })

  test('are the input of a request, and the answer to one', async () => {
    const { client } = await open()
    client.sendBytes(['request', 1, 'size', null], payload)
    expect(await client.next('reply', 1)).toEqual(['reply', 1, 6])
    client.send(['request', 2, 'repeat', 20_000])
    const [, , place, answer] = await client.next('reply', 2)
    expect(place).toBeNull()
    expect(answer).toEqual(Buffer.alloc(120_000, 7))
  })

  test('are the input and the items of a stream', async () => {
    const { client } = await open()
    client.sendBytes(['stream', 1, 'chunks', null, 5], payload)
    await client.next('end', 1)
    expect(client.all('item')).toEqual([
      ['item', 1, null, payload.subarray(0, 2)],
      ['item', 1, null, payload.subarray(2)],
    ])
  })

  test('are sent to one client, asked of it, and answered by it', async () => {
    const { client, ctx } = await open()
    await ctx.client.image?.(payload)
    expect(await client.next('event')).toEqual(['event', 'image', null, payload])
    const answer = ctx.client.scan?.(payload)
    expect(await client.next('request')).toEqual(['request', expect.any(Number), 'scan', null, payload])
    client.sendBytes(['reply', 1, null], payload)
    expect(await answer).toEqual(new Uint8Array(payload))
    const items = ctx.client.record?.('x') as AsyncIterableIterator<unknown>
    const first = items.next()
    const [, id] = await client.next('stream')
    client.sendBytes(['item', id, null], payload)
    expect((await first).value).toEqual(new Uint8Array(payload))
  })

  test('that come before the welcome are handled after it, in their order', async () => {
    const gate = deferred()
    const events: unknown[] = []
    const note = (_ctx: BenchContext, data: unknown) => void events.push(data)
    const handlers = { connect: () => gate.promise, upload: note, note, echo: () => null }
    const receives = { upload: route.receives.upload, note: route.receives.note, echo: route.receives.echo }
    const client = await RawClient.open((await startBench({ receives }, handlers)).url, { hello: false })
    client.send(['hello', {}])
    client.send(['event', 'note', 1])
    client.sendBytes(['event', 'upload', null], payload.subarray(0, 1))
    client.send(['event', 'note', 2])
    gate.resolve()
    await client.next('welcome')
    await client.ask(1, 'echo', null)
    expect(events).toEqual([1, Uint8Array.of(0), 2])
  })
})

describe('a payload of the wrong kind is refused with WRONG_KIND', () => {
  test.each([
    [
      'text where an event takes bytes',
      (client: RawClient) => client.send(['event', 'upload', 'AAEC']),
      null,
    ],
    [
      'bytes where an event takes JSON',
      (client: RawClient) => client.sendBytes(['event', 'note', null], payload),
      null,
    ],
    [
      'text where a request takes bytes',
      (client: RawClient) => client.send(['request', 4, 'size', 'AAEC']),
      4,
    ],
    [
      'bytes where a request takes JSON',
      (client: RawClient) => client.sendBytes(['request', 4, 'echo', null], payload),
      4,
    ],
  ])('%s', async (_what, send, id) => {
    const { client, events } = await open()
    send(client)
    expect(await client.next('error')).toMatchObject(['error', id, { code: 'WRONG_KIND' }])
    await client.ask(1, 'echo', null)
    expect(events).toEqual([])
  })

  test('text where the server asked for bytes', async () => {
    const { client, ctx } = await open()
    const answer = ctx.client.scan?.(payload)
    client.send(['reply', (await client.next('request'))[1], 'AAEC'])
    await expect(answer).rejects.toMatchObject({ code: 'WRONG_KIND' })
    expect(await client.next('error')).toMatchObject({ 1: null, 2: { code: 'WRONG_KIND', name: 'scan' } })
  })
})

test('bytes that do not fit are refused as any payload is', async () => {
  const { client } = await open()
  client.sendBytes(['event', 'upload', null], payload)
  expect(await client.next('error')).toMatchObject({ 2: { code: 'INVALID_PAYLOAD', name: 'upload' } })
})

test.each([
  ['no header', Buffer.from([1, 2])],
  ['a header that is no frame', Buffer.concat([Buffer.from([0, 0, 0, 2]), Buffer.from('[]')])],
  ['a header that ends beyond the message', Buffer.from([0, 0, 1, 0, 91])],
])('a binary message with %s is refused, and the connection goes on', async (_what, message) => {
  const { client } = await open()
  client.socket.send(message)
  expect(await client.next('error')).toMatchObject({ 1: null, 2: { code: 'INVALID_FRAME' } })
  expect(await client.ask(1, 'echo', 5)).toBe(5)
})

test('what is no bytes is never sent where bytes are declared', async () => {
  const { client, ctx } = await open({ repeat: () => 'AAEC' }, { validateOutput: 'never' })
  expect(await client.ask(1, 'repeat', 1)).toMatchObject({ code: 'INTERNAL' })
  expect(() => ctx.client.image?.('AAEC')).toThrow(expect.objectContaining({ code: 'NOT_SERIALIZABLE' }))
  await expect(ctx.channels.films?.({ id: '1' }).publish('frame', 'AAEC')).rejects.toMatchObject({
    code: 'NOT_SERIALIZABLE',
  })
})

describe('bytes in a channel', () => {
  test('go to members live and from history as bytes, beside JSON', async () => {
    const { bench, client, ctx } = await open()
    client.send(['subscribe', 1, 'films/%C3%BC', {}])
    await client.next('joined', 1)
    const films = ctx.channels.films?.({ id: 'ü' })
    await films?.publish('frame', payload)
    await films?.publish('title', 'The End')
    const [, name] = await client.next('publication')
    expect(client.all('publication')[0]).toEqual(['publication', name, 'frame', null, 1, payload])
    expect(await client.next('publication')).toEqual(['publication', name, 'title', 'The End', 2])
    const late = await RawClient.open(bench.url)
    late.send(['subscribe', 1, name, {}])
    expect(await late.next('publication')).toEqual(['publication', name, 'frame', null, 1, payload])
    late.send(['history', 2, name, { limit: 5 }])
    expect(await late.next('reply', 2)).toMatchObject({
      2: {
        publications: [
          [1, 'frame', payload.toString('base64'), expect.any(Number), 'base64'],
          [2, 'title', 'The End', expect.any(Number)],
        ],
      },
    })
    const page = await films?.history()
    expect(page?.publications.map(({ data }) => data)).toEqual([new Uint8Array(payload), 'The End'])
  })
})

test('a route that takes no bytes refuses every binary message', async () => {
  const bench = await startBench(
    { receives: { note: { kind: 'event', data: fits(() => true) } } },
    { note: () => null },
  )
  const client = await RawClient.open(bench.url)
  client.sendBytes(['event', 'note', null], payload)
  expect(await client.next('error')).toMatchObject({ 2: { code: 'WRONG_KIND' } })
})
