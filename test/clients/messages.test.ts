import { createApiClient } from '@wirepact/client'
import { describe, expect, it } from 'vitest'
import { type ChatConnection, chatRoute } from './support/chat-route.js'
import { MemoryTransport } from './support/memory-transport.js'
import { openScene, Scene } from './support/scene.js'
import { turn } from './support/virtual-clock.js'

const ada = { name: 'Ada' }

describe('a one-way message', () => {
  it('is sent at once when open, without data as null', () => {
    const { chat, open, socket } = openScene()
    open()
    expect([chat.shout({ text: 'hi' }), chat.typing()]).toEqual([{ outcome: 'sent' }, { outcome: 'sent' }])
    expect(socket().of('event')).toEqual([
      ['event', 'shout', { text: 'hi' }],
      ['event', 'typing', null],
    ])
  })

  it('waits for the first connection and for the next one, in order with the requests', () => {
    const { chat, open, reopen, socket } = openScene()
    expect(chat.shout({ text: 'one' })).toEqual({ outcome: 'queued' })
    void chat.rename.safe(ada)
    chat.shout({ text: 'two' })
    open()
    expect(
      socket()
        .sent.slice(1)
        .map(([type]) => type),
    ).toEqual(['event', 'request', 'event'])
    socket().end(1006)
    expect(chat.shout({ text: 'three' })).toEqual({ outcome: 'queued' })
    reopen()
    expect(socket().of('event')).toEqual([['event', 'shout', { text: 'three' }]])
  })

  it('is as it was when it was said', () => {
    const { chat, open, socket } = openScene()
    const data = { text: 'before' }
    chat.shout(data)
    data.text = 'after'
    open()
    expect(socket().of('event')).toEqual([['event', 'shout', { text: 'before' }]])
  })

  it('is refused when too many wait, when it is closed, and when it has no JSON form', () => {
    const { chat } = openScene({ maxQueuedMessages: 2 })
    const refused = (code: string) => ({ outcome: 'refused', error: { code } })
    expect([chat.typing(), chat.typing()]).toEqual([{ outcome: 'queued' }, { outcome: 'queued' }])
    expect(chat.typing()).toMatchObject(refused('BUFFER_OVERFLOW'))
    chat.close()
    expect(chat.typing()).toMatchObject(refused('CONNECTION_CLOSED'))
    expect(openScene().chat.shout({ text: 1n as never })).toMatchObject(refused('NOT_SERIALIZABLE'))
  })

  it('is sent at once or not at all where none may wait', () => {
    const { chat, open, socket } = openScene({ maxQueuedMessages: 0 })
    expect(chat.typing()).toMatchObject({ outcome: 'refused', error: { code: 'BUFFER_OVERFLOW' } })
    open()
    expect(chat.typing()).toEqual({ outcome: 'sent' })
    expect(socket().of('event')).toEqual([['event', 'typing', null]])
  })

  it('that was queued and is not sent after all is reported with its name', () => {
    const { chat, errors } = openScene()
    chat.shout({ text: 'hi' })
    chat.close()
    expect(errors).toMatchObject([{ code: 'CONNECTION_CLOSED', subject: 'shout' }])
    const late = openScene()
    late.chat.shout({ text: 'x'.repeat(2_000) })
    late.open()
    expect(late.errors).toMatchObject([{ code: 'TOO_BIG', subject: 'shout' }])
  })

  it('is not sent after a listener closed the connection while the queue was sent', () => {
    const { chat, open, socket, errors } = openScene()
    chat.onError(({ code }) => code === 'TOO_BIG' && chat.close())
    chat.shout({ text: 'x'.repeat(2_000) })
    chat.shout({ text: 'late' })
    open()
    expect(errors.map(({ code }) => code)).toEqual(['TOO_BIG', 'CONNECTION_CLOSED'])
    expect(socket().of('event')).toEqual([])
  })

  it('that the server refuses is reported', () => {
    const { open, socket, errors } = openScene()
    open()
    socket().deliver(['error', null, { code: 'INVALID_PAYLOAD', message: 'No.', name: 'shout' }])
    expect(errors).toMatchObject([{ code: 'INVALID_PAYLOAD', subject: 'shout' }])
  })
})

describe('what the server says', () => {
  it('goes to the listeners of its name until they stop', () => {
    const { chat, open, socket } = openScene()
    const heard: string[] = []
    const stop = chat.on('notice', ({ text }) => heard.push(text))
    open()
    socket().deliver(['event', 'notice', { text: 'one' }], ['event', 'other', { text: 'x' }])
    stop()
    stop()
    socket().deliver(['event', 'notice', { text: 'two' }])
    expect(heard).toEqual(['one'])
  })

  it('is not told to a listener that another one has just stopped', () => {
    const { chat, open, socket } = openScene()
    const heard: string[] = []
    chat.on('notice', () => stop())
    const stop = chat.on('notice', ({ text }) => heard.push(text))
    open()
    socket().deliver(['event', 'notice', { text: 'one' }])
    expect(heard).toEqual([])
  })

  it('and cannot be understood is reported, and nothing breaks', async () => {
    const { chat, open, socket, errors } = openScene()
    open({ contract: 'other' })
    await turn()
    const bad = [
      '',
      'no',
      '{}',
      '[]',
      '[7]',
      '["news"]',
      '["constructor"]',
      '["__proto__",1]',
      '["reply","1"]',
    ]
    const worse = ['["joined",null,7,{}]', '["joined",null,"a",null]', '["presence","a",7]', '["welcome"]']
    const worst = ['["error",1,null]', '["publication","a","b",1]', '["bye",1]', '["skip","a","b"]']
    for (const text of [...bad, ...worse, ...worst]) socket().deliverRaw(text)
    socket().deliverRaw(new ArrayBuffer(1))
    expect(errors.map(({ code }) => code)).toEqual(Array(18).fill('INVALID_FRAME'))
    expect(chat.status.state).toBe('open')
  })

  it('with parts that are no good inside is reported, and nothing breaks', () => {
    const { chat, open, socket, errors } = openScene()
    open()
    socket().deliverRaw('["joined",null,"room/one",{"presence":[1]}]')
    expect(errors).toHaveLength(1)
    expect(chat.status.state).toBe('open')
  })
})

describe('a listener that throws', () => {
  it('is reported to onError and keeps nobody else from hearing', () => {
    const { chat, open, socket, errors, escaped } = openScene()
    const heard: string[] = []
    const oops = new Error('oops')
    chat.on('notice', () => {
      throw oops
    })
    chat.on('notice', ({ text }) => heard.push(text))
    open()
    socket().deliver(['event', 'notice', { text: 'one' }], ['event', 'notice', { text: 'two' }])
    expect(heard).toEqual(['one', 'two'])
    expect(errors).toMatchObject([
      { code: 'INTERNAL', cause: oops },
      { code: 'INTERNAL', cause: oops },
    ])
    expect(escaped).toEqual([])
  })

  it('comes out of the client where nobody listens to onError', () => {
    const scene = new Scene({}, false)
    const oops = new Error('oops')
    scene.chat.onStatus(() => {
      throw oops
    })
    scene.open()
    expect(scene.chat.status.state).toBe('open')
    expect(scene.escaped).toEqual([oops])
  })

  it('stops nothing, where what takes it throws as well', async () => {
    const { WebSocket, sockets } = new MemoryTransport()
    const report = (thrown: unknown) => {
      throw thrown
    }
    const client = createApiClient('abc', 'ws://test', { WebSocket, environment: { report } })
    const chat = client.connect<ChatConnection>(chatRoute, { params: { roomId: 'one' } })
    const stop = chat.onStatus(() => {
      throw new Error('listener')
    })
    expect(() => sockets[0]?.end(1006)).toThrow('listener')
    stop()
    chat.connect()
    const call = chat.say({ text: 'hi' })
    chat.close()
    await expect(call).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  })

  it('comes out of the client when it listens to onError itself', async () => {
    const { chat, open, socket, escaped } = openScene()
    chat.onError(() => {
      throw new Error('twice')
    })
    open()
    socket().deliverRaw('?')
    await turn()
    expect(escaped).toMatchObject([{ message: 'twice' }])
  })
})
