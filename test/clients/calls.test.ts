import { getEventListeners } from 'node:events'
import { defaultLimits } from '@wirepact/runtime'
import { describe, expect, it } from 'vitest'
import { openScene } from './support/scene.js'

const ada = { name: 'Ada' }

describe('a request', () => {
  it('resolves with its own reply, whatever the order of the replies', async () => {
    const { chat, socket, open } = openScene()
    open()
    const first = chat.rename(ada)
    const second = chat.rename({ name: 'Bea' })
    expect(socket().of('request')).toEqual([
      ['request', 1, 'rename', ada],
      ['request', 2, 'rename', { name: 'Bea' }],
    ])
    socket().deliver(['reply', 2, { name: 'Bea' }], ['reply', 1, ada])
    expect(await Promise.all([first, second])).toEqual([ada, { name: 'Bea' }])
  })

  it('that is made right after connecting waits for the connection', async () => {
    const { chat, socket, open } = openScene()
    const renamed = chat.rename(ada)
    expect(socket().sent).toEqual([])
    open()
    expect(socket().sent.at(-1)).toEqual(['request', 1, 'rename', ada])
    socket().deliver(['reply', 1, ada])
    expect(await renamed).toEqual(ada)
  })

  it('rejects with the error that the schema declares, and with its data', async () => {
    const { chat, socket, open } = openScene()
    open()
    const renamed = chat.rename(ada)
    const body = {
      code: 'NAME_TAKEN',
      message: 'Taken.',
      declared: true,
      data: { suggestion: 'Ada1' },
    } as const
    socket().deliver(['error', 1, body])
    await expect(renamed).rejects.toMatchObject({ ...body, declared: true })
  })

  it('rejects with an error of the table, and with the problems of its input', async () => {
    const { chat, socket, open } = openScene()
    open()
    const renamed = chat.rename({ name: '' })
    const problems = [{ path: '/name', keyword: 'minLength', message: 'is too short' }]
    socket().deliver(['error', 1, { code: 'INVALID_PAYLOAD', message: 'No.', problems }])
    await expect(renamed).rejects.toMatchObject({ code: 'INVALID_PAYLOAD', declared: false, problems })
  })

  it('never rejects in its safe form', async () => {
    const { chat, socket, open } = openScene()
    open()
    const [good, bad] = [chat.rename.safe(ada), chat.rename.safe(ada)]
    socket().deliver(['reply', 1, ada], ['error', 2, { code: 'FORBIDDEN', message: 'No.' }])
    expect(await good).toEqual({ ok: true, output: ada })
    expect(await bad).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })

  it('times out, tells the server, and drops the reply that comes too late', async () => {
    const { chat, clock, socket, open, errors } = openScene()
    open()
    const renamed = chat.rename(ada, { timeoutMs: 50 })
    clock.advance(50)
    await expect(renamed).rejects.toMatchObject({ code: 'TIMEOUT' })
    expect(socket().sent.at(-1)).toEqual(['cancel', 1])
    socket().deliver(['reply', 1, ada])
    expect(errors).toEqual([])
  })

  it('times out after ten seconds by default, the time without a connection included', async () => {
    const { chat, clock, socket, open } = openScene({ connectTimeoutMs: 60_000 })
    const renamed = chat.rename(ada)
    clock.advance(10_000)
    await expect(renamed).rejects.toMatchObject({ code: 'TIMEOUT' })
    open()
    expect(socket().of('request')).toEqual([])
    expect(socket().of('cancel')).toEqual([])
  })

  it('waits for ever with a timeout of 0', async () => {
    const { chat, clock, socket, open } = openScene({ callTimeoutMs: 0 })
    open({ pingIntervalMs: 0 })
    const renamed = chat.rename(ada)
    clock.advance(1e9)
    socket().deliver(['reply', 1, ada])
    expect(await renamed).toEqual(ada)
  })

  it('is aborted, and tells the server', async () => {
    const { chat, clock, socket, open } = openScene()
    open({ pingIntervalMs: 0 })
    const abort = new AbortController()
    const renamed = chat.rename(ada, { signal: abort.signal })
    abort.abort('bored')
    await expect(renamed).rejects.toMatchObject({ code: 'ABORTED', cause: 'bored' })
    expect(socket().sent.at(-1)).toEqual(['cancel', 1])
    expect(clock.running).toBe(0)
  })

  it('is not sent when it is aborted before', async () => {
    const { chat, socket, open } = openScene()
    const abort = new AbortController()
    const waiting = chat.rename(ada, { signal: abort.signal })
    abort.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'ABORTED' })
    await expect(chat.rename(ada, { signal: abort.signal })).rejects.toMatchObject({ code: 'ABORTED' })
    open()
    expect(socket().of('request')).toEqual([])
  })

  it('outlives attempts that fail before it was sent', async () => {
    const { chat, socket, reopen } = openScene()
    const renamed = chat.rename(ada)
    socket().end(1006)
    reopen()
    socket().deliver(['reply', 1, ada])
    expect(await renamed).toEqual(ada)
  })

  it('lets go of the signal when it is settled', async () => {
    const { chat, socket, open } = openScene()
    open()
    const { signal } = new AbortController()
    const renamed = chat.rename(ada, { signal })
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    socket().deliver(['reply', 1, ada])
    await renamed
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('that was sent is lost with the connection, and one that was not is sent on the next', async () => {
    const { chat, clock, socket, open, reopen } = openScene()
    open()
    const lost = chat.rename(ada)
    const caught = lost.catch((error) => error)
    socket().end(1006)
    const kept = chat.rename({ name: 'Bea' })
    expect(await caught).toMatchObject({ code: 'CONNECTION_LOST' })
    reopen()
    expect(socket().of('request')).toEqual([['request', 2, 'rename', { name: 'Bea' }]])
    socket().deliver(['reply', 1, ada], ['reply', 2, { name: 'Bea' }])
    expect(await kept).toEqual({ name: 'Bea' })
    expect(clock.running).toBe(1)
  })

  it('rejects when the connection is closed, sent or not, and from then on', async () => {
    const { chat, open } = openScene()
    open()
    const sent = chat.rename.safe(ada)
    chat.close()
    const after = chat.rename.safe(ada)
    for (const outcome of [await sent, await after]) expect(outcome.error?.code).toBe('CONNECTION_CLOSED')
    const waiting = openScene()
    const unsent = waiting.chat.rename.safe(ada)
    waiting.socket().end(4503, 'no')
    const { error } = await unsent
    expect(error).toMatchObject({ code: 'CONNECTION_CLOSED', cause: { code: 'FORBIDDEN' } })
    expect(waiting.clock.running).toBe(0)
  })

  it('beyond the number that may be pending is refused', async () => {
    const { chat, socket, open } = openScene({ maxPendingCalls: 2 })
    const calls = [chat.rename.safe(ada), chat.rename.safe(ada), chat.rename.safe(ada)]
    expect(await calls[2]).toMatchObject({ error: { code: 'TOO_MANY_PENDING' } })
    open()
    socket().deliver(['reply', 1, ada])
    await calls[0]
    expect(socket().of('request')).toHaveLength(2)
    void chat.rename.safe(ada)
    expect(socket().of('request')).toHaveLength(3)
  })

  it('may be pending as often at a time as the server works on messages of one connection', async () => {
    const { chat } = openScene()
    const calls = Array.from({ length: defaultLimits.maxPending }, () => chat.rename.safe(ada))
    expect(await chat.rename.safe(ada)).toMatchObject({ error: { code: 'TOO_MANY_PENDING' } })
    chat.close()
    const codes = await Promise.all(calls.map(async (call) => (await call).error?.code))
    expect(new Set(codes)).toEqual(new Set(['CONNECTION_CLOSED']))
  })

  it('whose input has no JSON form is refused', async () => {
    const { chat, open, socket } = openScene()
    open()
    const circular: { name: string; self?: object } = { name: 'Ada' }
    circular.self = circular
    await expect(chat.rename(circular)).rejects.toMatchObject({ code: 'NOT_SERIALIZABLE' })
    await expect(chat.rename({ name: 1n as never })).rejects.toMatchObject({ code: 'NOT_SERIALIZABLE' })
    expect(socket().of('request')).toEqual([])
  })

  it('larger than the server accepts is refused, in bytes of UTF-8', async () => {
    const { chat, open, socket } = openScene()
    const early = chat.rename.safe({ name: 'ä'.repeat(600) })
    open({ maxPayloadBytes: 1_000 })
    expect(await early).toMatchObject({ error: { code: 'TOO_BIG' } })
    const frame = (name: string) => JSON.stringify(['request', 2, 'rename', { name }])
    const room = 1_000 - frame('').length
    void chat.rename.safe({ name: 'x'.repeat(room) })
    expect(socket().of('request')).toHaveLength(1)
    expect(await chat.rename.safe({ name: 'x'.repeat(room + 1) })).toMatchObject({
      error: { code: 'TOO_BIG' },
    })
  })

  it('is refused while the socket holds more than it may', async () => {
    const { chat, open, socket } = openScene({ maxBufferedBytes: 10 })
    open()
    socket().bufferedAmount = 11
    expect(await chat.rename.safe(ada)).toMatchObject({ error: { code: 'BUFFER_OVERFLOW' } })
    expect(chat.shout({ text: 'hi' })).toMatchObject({
      outcome: 'refused',
      error: { code: 'BUFFER_OVERFLOW' },
    })
  })
})
