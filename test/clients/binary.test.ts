import { createApiClient } from '@wirepact/client'
import { encodeBinaryFrame } from '@wirepact/protocol'
import { describe, expect, it } from 'vitest'
import type { ChatConnection } from './support/chat-route.js'
import { MemoryTransport } from './support/memory-transport.js'
import { openedScene, welcome } from './support/scene.js'

const bytes = Uint8Array.of(0, 255, 7)

describe('a payload of bytes', () => {
  it('goes and comes as it is', async () => {
    const { chat, socket, said } = openedScene()
    const blurred = chat.blur(bytes)
    expect(said()).toEqual([['request', 1, 'blur', bytes]])
    socket().deliverRaw(encodeBinaryFrame(['reply', 1, Uint8Array.of(9)]).buffer)
    expect(await blurred).toEqual(Uint8Array.of(9))
  })

  it('may come in an event, in an item and in a publication, in whatever view', async () => {
    const { chat, socket } = openedScene()
    const photos: Uint8Array[] = []
    chat.on('photo', (photo) => photos.push(photo))
    chat.channels.lobby().on('said', (data) => photos.push(data as never))
    const stream = chat.transcript({ from: 0 })
    socket().deliverRaw(encodeBinaryFrame(['event', 'photo', bytes]).buffer)
    socket().deliverRaw(Buffer.from(encodeBinaryFrame(['event', 'photo', new Uint8Array()])))
    socket().deliver(['joined', 1, 'lobby', {}])
    socket().deliverRaw(encodeBinaryFrame(['publication', 'lobby', 'said', bytes, null]))
    socket().deliverRaw(encodeBinaryFrame(['item', 2, bytes]))
    expect(photos).toEqual([bytes, new Uint8Array(), bytes])
    expect(await stream.next()).toEqual({ done: false, value: bytes })
  })

  it('may be answered with, and kept until it is acknowledged, as it was', async () => {
    const { chat, socket, said } = openedScene()
    const data = Uint8Array.of(1, 2)
    socket().bufferedAmount = 1e9
    chat.save(data as never)
    data[0] = 9
    socket().bufferedAmount = 0
    chat.save({ n: 2 })
    expect(said()).toEqual([
      ['event', 'save', Uint8Array.of(1, 2), 1],
      ['event', 'save', { n: 2 }, 2],
    ])
  })

  it('larger than the server accepts is refused', async () => {
    const { chat, said } = openedScene()
    expect(await chat.blur.safe(new Uint8Array(1_000))).toMatchObject({ error: { code: 'TOO_BIG' } })
    expect(said()).toEqual([])
    void chat.blur.safe(new Uint8Array(900))
    expect(said()).toHaveLength(1)
  })

  it('that is no frame is reported, and nothing breaks', () => {
    const { chat, errors, socket } = openedScene()
    socket().deliverRaw(new ArrayBuffer(0))
    socket().deliverRaw(Uint8Array.of(0, 0, 0, 9, 1))
    socket().deliverRaw(encodeBinaryFrame(['event', 'photo', bytes]).subarray(0, 12))
    expect(errors.map(({ code }) => code)).toEqual(Array(3).fill('INVALID_FRAME'))
    expect(chat.status.state).toBe('open')
  })

  it('is reported as WRONG_KIND on a route that has none', () => {
    const transport = new MemoryTransport()
    const client = createApiClient('abc', 'ws://example.org', { WebSocket: transport.WebSocket })
    const connection = client.connect<ChatConnection>({ path: '/', calls: {}, channels: {} })
    const codes: string[] = []
    connection.onError(({ code }) => codes.push(code))
    transport.last.accept()
    transport.last.deliver(['welcome', welcome])
    transport.last.deliverRaw(encodeBinaryFrame(['event', 'photo', bytes]).buffer)
    expect(codes).toEqual(['WRONG_KIND'])
    client.close()
  })
})
