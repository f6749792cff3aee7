import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import {
  aNumber,
  anObject,
  anything,
  aString,
  type BenchContext,
  startBench,
  stopBenches,
} from './support/bench.js'

afterEach(stopBenches)

const sends = {
  confirm: {
    kind: 'request',
    input: aString,
    output: aNumber,
    errors: { BUSY: anObject({ until: aNumber }) },
  },
  watch: { kind: 'stream', input: aString, item: aNumber, errors: { BUSY: anObject({ until: aNumber }) } },
} as const
const receives = { echo: { kind: 'request', input: anything, output: anything, errors: {} } } as const

/** A connection, and its context on the server, which asks. */
async function open(options = {}) {
  let context: BenchContext | undefined
  const connect = (ctx: BenchContext) => {
    context = ctx
  }
  const bench = await startBench({ sends, receives }, { connect, echo: (_ctx, data) => data }, options)
  const client = await RawClient.open(bench.url)
  return { bench, client, ask: (context as unknown as BenchContext).client }
}

/** When everything that was sent before has been handled. */
const settled = (client: RawClient) => client.ask(9000 + client.frames.length, 'echo', null)

describe('a request of the server', () => {
  test('is answered by the client', async () => {
    const { client, ask } = await open()
    const answers = [ask.confirm?.('a'), ask.confirm?.('b')]
    const [, first, ...question] = await client.next('request')
    expect(question).toEqual(['confirm', 'a'])
    const [, second] = await client.next('request')
    expect(second).not.toBe(first)
    client.send(['reply', second, 2])
    client.send(['reply', first, 1])
    expect(await Promise.all(answers)).toEqual([1, 2])
  })

  test('has a form whose failures are outcomes, as the calls of clients have', async () => {
    const { client, ask } = await open()
    const right = ask.confirm?.safe?.('a')
    const [, id] = await client.next('request')
    client.send(['reply', id, 2])
    expect(await right).toEqual({ ok: true, output: 2 })
    const wrong = ask.confirm?.safe?.('a')
    const [, otherId] = await client.next('request')
    client.send(['error', otherId, { code: 'BUSY', message: 'Later.', declared: true, data: { until: 7 } }])
    expect(await wrong).toMatchObject({ ok: false, error: { code: 'BUSY', data: { until: 7 } } })
    expect(await ask.confirm?.safe?.('a', { timeoutMs: 1 })).toMatchObject({ error: { code: 'TIMEOUT' } })
    expect(ask.watch?.safe).toBeUndefined()
  })

  test('rejects with the error that the client answers', async () => {
    const { client, ask } = await open()
    const answer = ask.confirm?.('a')
    const [, id] = await client.next('request')
    client.send(['error', id, { code: 'BUSY', message: 'Later.', declared: true, data: { until: 7 } }])
    await expect(answer).rejects.toMatchObject({ code: 'BUSY', declared: true, data: { until: 7 } })
    const other = ask.confirm?.('a')
    const [, otherId] = await client.next('request')
    client.send(['error', otherId, { code: 'UNKNOWN_MESSAGE', message: 'What?', data: 'no', cause: 'no' }])
    const error: unknown = await other?.then(undefined, (thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'UNKNOWN_MESSAGE', declared: false, data: undefined })
    expect(error).not.toHaveProperty('cause')
  })

  test.each([
    ['an output that does not fit', (id: unknown) => ['reply', id, 'one']],
    [
      'data that do not fit the error',
      (id: unknown) => ['error', id, { code: 'BUSY', message: '', declared: true, data: {} }],
    ],
    [
      'an error that is not declared as if it were',
      (id: unknown) => ['error', id, { code: 'X', message: '', declared: true }],
    ],
    ['an error without a code', (id: unknown) => ['error', id, { message: 'x' }]],
  ])('rejects with INVALID_PAYLOAD after %s, which counts as a bad message', async (_what, answer) => {
    const { client, ask } = await open({ limits: { maxInvalid: 1, invalidPerSecond: 0 } })
    const asked = ask.confirm?.('a')
    client.send(answer((await client.next('request'))[1]))
    await expect(asked).rejects.toMatchObject({ code: 'INVALID_PAYLOAD' })
    expect(await client.next('error')).toMatchObject([
      'error',
      null,
      { code: 'INVALID_PAYLOAD', name: 'confirm' },
    ])
    client.sendText('bad')
    expect((await client.ended).code).toBe(4505)
  })

  test('is lost with the connection, and after that refused at once', async () => {
    const { client, ask } = await open()
    const asked = ask.confirm?.('a')
    void ask.confirm?.('nobody waits for this one')
    await client.next('request')
    client.terminate()
    await expect(asked).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    await expect(ask.confirm?.('a')).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  })

  test('is given up after its time, and the client is told', async () => {
    const { client, ask } = await open({ limits: { callTimeoutMs: 30 } })
    const asked = ask.confirm?.('a')
    const patient = ask.confirm?.('b', { timeoutMs: 0 })
    const [, id] = await client.next('request')
    const [, patientId] = await client.next('request')
    await expect(asked).rejects.toMatchObject({ code: 'TIMEOUT' })
    expect(await client.next('cancel')).toEqual(['cancel', id])
    client.send(['reply', id, 1])
    client.send(['reply', patientId, 2])
    expect(await patient).toBe(2)
    expect(client.all('error')).toEqual([])
  })

  test('is given up when the caller aborts', async () => {
    const { client, ask } = await open()
    const control = new AbortController()
    const asked = ask.confirm?.('a', { signal: control.signal })
    const [, id] = await client.next('request')
    control.abort()
    await expect(asked).rejects.toMatchObject({ code: 'ABORTED' })
    expect(await client.next('cancel')).toEqual(['cancel', id])
    await expect(ask.confirm?.('a', { signal: control.signal })).rejects.toMatchObject({ code: 'ABORTED' })
  })

  test('is not asked with an input that does not fit, nor when too many are open', async () => {
    const { client, ask } = await open({ limits: { maxPending: 1 } })
    await expect(ask.confirm?.(7)).rejects.toMatchObject({ code: 'INVALID_OUTPUT' })
    const asked = ask.confirm?.('a')
    await expect(ask.confirm?.('b')).rejects.toMatchObject({ code: 'TOO_MANY_PENDING' })
    client.send(['reply', (await client.next('request'))[1], 1])
    await asked
    expect(client.all('request')).toHaveLength(1)
  })

  test('takes no answer of an unknown id, nor a second one, nor one of another kind', async () => {
    const { client, ask } = await open()
    for (const type of ['reply', 'item', 'end']) client.send([type, 77, null])
    client.send(['error', 77, { code: 'X', message: '' }])
    await settled(client)
    expect(client.all('error')).toEqual([])
    const asked = ask.confirm?.('a')
    const [, id] = await client.next('request')
    client.send(['item', id, 1])
    expect(await client.next('error')).toMatchObject({ 1: null, 2: { code: 'INVALID_FRAME' } })
    client.send(['reply', id, 1])
    client.send(['reply', id, 2])
    expect(await asked).toBe(1)
  })
})

test('the signal of a connection is aborted when it has ended', async () => {
  let context: BenchContext | undefined
  const connect = (ctx: BenchContext) => {
    context = ctx
  }
  const client = await RawClient.open((await startBench({}, { connect })).url)
  const { signal } = context as unknown as BenchContext
  expect(signal.aborted).toBe(false)
  client.terminate()
  await expect.poll(() => signal.aborted).toBe(true)
})

describe('a stream of the client', () => {
  test('is asked for with credit when the first item is wanted, and read in order', async () => {
    const { client, ask } = await open()
    const items = ask.watch?.('a', { maxBuffered: 4 }) as AsyncIterableIterator<unknown>
    await settled(client)
    expect(client.all('stream')).toEqual([])
    const first = items.next()
    const [, id, ...rest] = await client.next('stream')
    expect(rest).toEqual(['watch', 'a', 4])
    for (const item of [1, 2]) client.send(['item', id, item])
    client.send(['end', id])
    expect(await first).toEqual({ done: false, value: 1 })
    expect(await collect(items)).toEqual([2])
  })

  test('is given more credit as its items are read, and never more than it may hold', async () => {
    const { client, ask } = await open()
    const items = ask.watch?.('a', { maxBuffered: 4 }) as AsyncIterableIterator<unknown>
    const first = items.next()
    const [, id] = await client.next('stream')
    for (const item of [1, 2, 3, 4]) client.send(['item', id, item])
    await first
    await settled(client)
    expect(client.all('credit')).toEqual([])
    await items.next()
    expect(await client.next('credit')).toEqual(['credit', id, 2])
  })

  test.each([Number.NaN, 0, -1, 1.5, Number.POSITIVE_INFINITY])(
    'needs credit that can be given: not %s',
    async (maxBuffered) => {
      const { ask } = await open()
      expect(() => ask.watch?.('a', { maxBuffered })).toThrow(RangeError)
    },
  )

  test('that sends more than it has credit for fails, and counts as a bad message', async () => {
    const { client, ask } = await open()
    const items = ask.watch?.('a', { maxBuffered: 1 }) as AsyncIterableIterator<unknown>
    const first = items.next()
    const [, id] = await client.next('stream')
    for (const item of [1, 2, 3, 4]) client.send(['item', id, item])
    expect(await first).toEqual({ done: false, value: 1 })
    expect(await client.next('error')).toMatchObject({ 1: null, 2: { code: 'INVALID_FRAME' } })
    expect(await client.next('cancel')).toEqual(['cancel', id])
    await expect(collect(items)).rejects.toMatchObject({ code: 'INVALID_FRAME' })
  })

  test('is cancelled when the loop is left', async () => {
    const { client, ask } = await open()
    const reading = (async () => {
      const items = ask.watch?.('a') as AsyncIterable<unknown>
      for await (const item of items) return item
      return undefined
    })()
    const [, id] = await client.next('stream')
    for (const item of [1, 2]) client.send(['item', id, item])
    expect(await reading).toBe(1)
    expect(await client.next('cancel')).toEqual(['cancel', id])
    client.send(['item', id, 3])
    await settled(client)
    expect(client.all('error')).toEqual([])
  })

  test('ends with the error that the client answers, behind the items before it', async () => {
    const { client, ask } = await open()
    const reading = collect(ask.watch?.('a') as AsyncIterable<unknown>)
    const [, id] = await client.next('stream')
    client.send(['item', id, 1])
    client.send(['error', id, { code: 'BUSY', message: '', declared: true, data: { until: 1 } }])
    await expect(reading).rejects.toMatchObject({ code: 'BUSY', data: { until: 1 }, items: [1] })
  })

  test('fails with INVALID_PAYLOAD after an item that does not fit', async () => {
    const { client, ask } = await open()
    const reading = collect(ask.watch?.('a') as AsyncIterable<unknown>)
    const [, id] = await client.next('stream')
    client.send(['item', id, 'one'])
    await expect(reading).rejects.toMatchObject({ code: 'INVALID_PAYLOAD' })
    expect(await client.next('cancel')).toEqual(['cancel', id])
    expect(await client.next('error')).toMatchObject({ 2: { code: 'INVALID_PAYLOAD', name: 'watch' } })
  })

  test('is lost with the connection, behind what had come', async () => {
    const { client, ask } = await open()
    const reading = collect(ask.watch?.('a') as AsyncIterable<unknown>)
    const [, id] = await client.next('stream')
    client.send(['item', id, 1])
    await settled(client)
    client.terminate()
    await expect(reading).rejects.toMatchObject({ code: 'CONNECTION_LOST', items: [1] })
  })

  test('that is aborted ends without what is not read yet', async () => {
    const { client, ask } = await open()
    const control = new AbortController()
    const items = ask.watch?.('a', { signal: control.signal }) as AsyncIterableIterator<unknown>
    const first = items.next()
    const [, id] = await client.next('stream')
    for (const item of [1, 2, 3]) client.send(['item', id, item])
    await first
    await settled(client)
    control.abort()
    await expect(items.next()).rejects.toMatchObject({ code: 'ABORTED' })
    expect(await items.next()).toEqual({ done: true, value: undefined })
    expect(await client.next('cancel')).toEqual(['cancel', id])
  })
})

/** Everything of a stream; what it throws knows the items before it. */
async function collect(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const items: unknown[] = []
  try {
    for await (const item of stream) items.push(item)
  } catch (error) {
    throw Object.assign(error as Error, { items })
  }
  return items
}
