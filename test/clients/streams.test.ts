import { getEventListeners } from 'node:events'
import type { ServerFrame } from '@wirepact/protocol'
import { describe, expect, it } from 'vitest'
import { openScene } from './support/scene.js'

const from = { from: 0 }

/** Items `first` to `last` of the stream `id`, as the server sends them. */
function items(id: number, first: number, last: number): ServerFrame[] {
  return Array.from({ length: last - first + 1 }, (_, index) => ['item', id, `line ${first + index}`])
}

async function all(stream: AsyncIterable<string>): Promise<readonly string[]> {
  const read: string[] = []
  for await (const line of stream) read.push(line)
  return read
}

describe('a stream', () => {
  it('delivers its items in order, and then ends', async () => {
    const { chat, open, socket } = openScene()
    open()
    const lines = all(chat.transcript(from))
    expect(socket().of('stream')).toEqual([['stream', 1, 'transcript', from, 64]])
    socket().deliver(...items(1, 1, 3), ['end', 1])
    expect(await lines).toEqual(['line 1', 'line 2', 'line 3'])
    expect(socket().sent).toHaveLength(2)
  })

  it('keeps to itself beside others and beside requests', async () => {
    const { chat, open, socket } = openScene()
    open()
    const [first, second] = [all(chat.transcript(from)), all(chat.transcript(from))]
    const renamed = chat.rename({ name: 'Ada' })
    socket().deliver(['item', 2, 'b'], ['item', 1, 'a'], ['end', 2], ['item', 1, 'aa'], ['end', 1])
    socket().deliver(['reply', 3, { name: 'Ada' }])
    expect(await Promise.all([first, second, renamed])).toEqual([['a', 'aa'], ['b'], { name: 'Ada' }])
  })

  it('that is asked for while there is no connection waits for it', async () => {
    const { chat, clock, open, socket } = openScene({ connectTimeoutMs: 1e9 })
    const lines = all(chat.transcript(from))
    clock.advance(1e6)
    expect(socket().sent).toEqual([])
    open()
    socket().deliver(...items(1, 1, 1), ['end', 1])
    expect(await lines).toEqual(['line 1'])
  })

  it('may take for ever', async () => {
    const { chat, clock, open, socket } = openScene()
    open({ pingIntervalMs: 0 })
    const lines = all(chat.transcript(from))
    expect(clock.running).toBe(0)
    clock.advance(1e9)
    socket().deliver(['end', 1])
    expect(await lines).toEqual([])
  })

  it('grants as much again as was read, when that is half of the window', async () => {
    const { chat, open, socket } = openScene()
    open()
    const stream = chat.transcript(from, { maxBuffered: 4 })
    socket().deliver(...items(1, 1, 4))
    expect(socket().of('stream')[0]?.[4]).toBe(4)
    await stream.next()
    expect(socket().of('credit')).toEqual([])
    await stream.next()
    expect(socket().of('credit')).toEqual([['credit', 1, 2]])
    await stream.next()
    await stream.next()
    const waiting = stream.next()
    expect(socket().of('credit')).toEqual([
      ['credit', 1, 2],
      ['credit', 1, 2],
    ])
    socket().deliver(...items(1, 5, 6))
    await waiting
    await stream.next()
    expect(socket().of('credit')).toHaveLength(3)
  })

  it('of one item at a time grants each', async () => {
    const { chat, open, socket } = openScene()
    open()
    const stream = chat.transcript(from, { maxBuffered: 1 })
    for (const n of [1, 2, 3]) {
      socket().deliver(...items(1, n, n))
      expect(await stream.next()).toEqual({ done: false, value: `line ${n}` })
    }
    expect(socket().of('credit')).toEqual(Array(3).fill(['credit', 1, 1]))
  })

  it('grants nothing any more when it has ended', async () => {
    const { chat, open, socket } = openScene()
    open()
    const stream = chat.transcript(from, { maxBuffered: 2 })
    socket().deliver(...items(1, 1, 2), ['end', 1])
    expect(await all(stream)).toEqual(['line 1', 'line 2'])
    expect(socket().of('credit')).toEqual([])
  })

  it('of a server that sends more than it may is cancelled and fails, after what it holds', async () => {
    const { chat, open, socket } = openScene()
    open()
    const stream = chat.transcript(from, { maxBuffered: 2 })
    socket().deliver(...items(1, 1, 3))
    expect(socket().sent.at(-1)).toEqual(['cancel', 1])
    await stream.next()
    await stream.next()
    await expect(stream.next()).rejects.toMatchObject({ code: 'BUFFER_OVERFLOW' })
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  it('wants a window of at least one item', () => {
    const { chat } = openScene()
    for (const maxBuffered of [0, -1, 1.5, Number.NaN, Infinity]) {
      expect(() => chat.transcript(from, { maxBuffered })).toThrow(RangeError)
    }
  })

  it('tells the server when the loop is left, once, and drops what comes later', async () => {
    const { chat, open, socket, errors } = openScene()
    open()
    const stream = chat.transcript(from)
    socket().deliver(...items(1, 1, 3))
    for await (const line of stream) if (line === 'line 2') break
    expect(socket().of('cancel')).toEqual([['cancel', 1]])
    socket().deliver(...items(1, 4, 5), ['end', 1])
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    await stream.return?.()
    expect(socket().of('cancel')).toHaveLength(1)
    expect(errors).toEqual([])
  })

  it('that is left before it was asked for is never asked for', async () => {
    const { chat, open, socket } = openScene()
    await chat.transcript(from).return?.()
    open()
    expect(socket().of('stream')).toEqual([])
    expect(socket().of('cancel')).toEqual([])
  })

  it('throws what the server refuses it with, after the items before', async () => {
    const { chat, open, socket } = openScene()
    open()
    const stream = chat.transcript(from)
    const body = { code: 'GONE', message: 'Gone.', declared: true, data: { since: 7 } } as const
    socket().deliver(...items(1, 1, 1), ['error', 1, body])
    await stream.next()
    const thrown = await stream.next().catch((error: unknown) => error)
    expect(thrown).toMatchObject({ code: 'GONE', data: { since: 7 }, declared: true })
    if (!chat.transcript.isError(thrown) || thrown.code !== 'GONE') throw new Error('It is no error of it.')
    expect(thrown.data.since).toBe(7)
    expect(chat.transcript.isError(new Error('other'))).toBe(false)
  })

  it('is aborted: the server is told, and what was not read is dropped', async () => {
    const { chat, open, socket } = openScene()
    open()
    const abort = new AbortController()
    const stream = chat.transcript(from, { signal: abort.signal })
    socket().deliver(...items(1, 1, 3))
    await stream.next()
    abort.abort('bored')
    await expect(stream.next()).rejects.toMatchObject({ code: 'ABORTED', cause: 'bored' })
    expect(socket().sent.at(-1)).toEqual(['cancel', 1])
    expect(getEventListeners(abort.signal, 'abort')).toEqual([])
  })

  it('that is aborted before is never asked for', () => {
    const { chat, open, socket } = openScene()
    open()
    expect(() => chat.transcript(from, { signal: AbortSignal.abort() })).toThrow(
      expect.objectContaining({ code: 'ABORTED' }),
    )
    expect(socket().sent).toHaveLength(1)
  })

  it('is lost with the connection and not asked for again; one that was not sent is sent', async () => {
    const { chat, open, reopen, socket } = openScene()
    open()
    const lost = chat.transcript(from)
    socket().deliver(...items(1, 1, 1))
    socket().end(1006)
    const kept = all(chat.transcript({ from: 9 }))
    expect(await lost.next()).toEqual({ done: false, value: 'line 1' })
    await expect(lost.next()).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    reopen()
    expect(socket().of('stream')).toEqual([['stream', 2, 'transcript', { from: 9 }, 64]])
    socket().deliver(['item', 1, 'old'], ['end', 2])
    expect(await kept).toEqual([])
    expect(socket().of('cancel')).toEqual([])
  })

  it('fails when the connection is closed', async () => {
    const { chat, open } = openScene()
    open()
    const stream = chat.transcript(from)
    chat.close()
    await expect(stream.next()).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    await expect(chat.transcript(from).next()).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  })

  it('counts as a pending call until it ends', async () => {
    const { chat, open, socket } = openScene({ maxPendingCalls: 1 })
    open()
    const stream = all(chat.transcript(from))
    expect(await chat.rename.safe({ name: 'Ada' })).toMatchObject({ error: { code: 'TOO_MANY_PENDING' } })
    await expect(all(chat.transcript(from))).rejects.toMatchObject({ code: 'TOO_MANY_PENDING' })
    socket().deliver(['end', 1])
    await stream
    void chat.transcript(from)
    expect(socket().of('stream')).toHaveLength(2)
  })

  it('fails when its input cannot be sent', async () => {
    const { chat, open, socket } = openScene()
    open()
    await expect(all(chat.transcript({ from: 1n as never }))).rejects.toMatchObject({
      code: 'NOT_SERIALIZABLE',
    })
    await expect(all(chat.transcript({ from: 'x'.repeat(2_000) as never }))).rejects.toMatchObject({
      code: 'TOO_BIG',
    })
    expect(socket().sent).toHaveLength(1)
  })

  it('ends when the network does not take its credit', async () => {
    const { chat, open, socket } = openScene({ maxBufferedBytes: 10 })
    open()
    const stream = chat.transcript(from, { maxBuffered: 2 })
    socket().deliver(...items(1, 1, 2))
    socket().bufferedAmount = 11
    await stream.next()
    await stream.next()
    await expect(stream.next()).rejects.toMatchObject({ code: 'BUFFER_OVERFLOW' })
  })
})
