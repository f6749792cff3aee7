import { type Connection, createApiClient } from '@wirepact/client'
import { describe, expect, it } from 'vitest'
import { MemoryTransport } from './support/memory-transport.js'
import { Scene, welcome } from './support/scene.js'
import { VirtualClock } from './support/virtual-clock.js'

describe('a connection', () => {
  it('is connecting in the turn in which it is asked for, and says hello as soon as the socket is open', () => {
    const scene = new Scene()
    expect(scene.chat.status).toEqual({ state: 'connecting', attempt: 0 })
    expect(scene.socket.url).toBe('ws://example.org/chat/one')
    scene.socket.accept()
    expect(scene.socket.sent).toEqual([['hello', { contract: 'abc', attempt: 1, positions: {} }]])
    expect(scene.chat.status.state).toBe('connecting')
  })

  it('opens, is lost, waits, and opens again with the session that it had', () => {
    const scene = new Scene()
    scene.open()
    expect(scene.chat.status).toEqual({ state: 'open', connection: 'c1', session: 's1' })
    scene.socket.end(1006)
    expect(scene.chat.status).toEqual({
      state: 'waiting',
      attempt: 1,
      until: scene.clock.now() + 250,
      cause: { code: 1006, reason: '' },
    })
    scene.retry()
    scene.socket.accept()
    expect(scene.socket.of('hello')[0]?.[1].session).toBe('s1')
    scene.open({ connection: 'c2' })
    expect(scene.states).toEqual(['open', 'waiting', 'connecting', 'open'])
    expect(scene.transport.maxAlive).toBe(1)
  })

  it('waits longer with every attempt that fails, up to the limit, at a random moment of the delay', () => {
    const scene = new Scene({ reconnect: { minDelayMs: 100, maxDelayMs: 1_000, factor: 3 } })
    const delays: number[] = []
    for (let attempt = 0; attempt < 5; attempt++) {
      scene.socket.end(1006)
      delays.push(scene.clock.nextInMs ?? -1)
      scene.retry()
    }
    expect(delays).toEqual([50, 150, 450, 500, 500])
    scene.chance(0)
    scene.socket.end(1006)
    expect(scene.clock.nextInMs).toBe(0)
  })

  it('starts with short delays again only when it was open for five seconds', () => {
    const scene = new Scene()
    const openFor = (ms: number) => {
      scene.open()
      scene.clock.advance(ms)
      scene.socket.end(1006)
      const { status } = scene.chat
      scene.retry()
      return status.state === 'waiting' ? status.attempt : undefined
    }
    expect([openFor(10), openFor(4_999), openFor(5_000), openFor(10)]).toEqual([1, 2, 1, 2])
  })

  it('does not come back when it is told so by the close code', () => {
    for (const code of [1000, 1002, 1008, 1009, 4500, 4501, 4503, 4504, 4505, 3500]) {
      const scene = new Scene()
      scene.open()
      scene.socket.end(code, 'no')
      expect(scene.chat.status).toMatchObject({ state: 'closed', cause: { code, reason: 'no' } })
      expect(scene.clock.running).toBe(0)
    }
  })

  it('comes back after every other close code', () => {
    for (const code of [1001, 1005, 1006, 1011, 1012, 1013, 3000, 4000, 4001, 4002, 4499]) {
      const scene = new Scene()
      scene.open()
      scene.socket.end(code)
      expect(scene.chat.status.state).toBe('waiting')
    }
  })

  it('does not come back when reconnecting is switched off', () => {
    const scene = new Scene({ reconnect: false })
    scene.socket.end(1006)
    expect(scene.chat.status.state).toBe('closed')
  })

  it('comes back within the window that bye names', () => {
    const scene = new Scene()
    scene.open()
    scene.socket.deliver(['bye', { code: 1012, reason: 'restart', retryAfterMs: [2_000, 6_000] }])
    scene.socket.end(1006)
    expect(scene.chat.status).toMatchObject({ state: 'waiting', cause: { code: 1012, reason: 'restart' } })
    expect(scene.clock.nextInMs).toBe(4_000)
  })

  it('survives a bye whose window is none', () => {
    const scene = new Scene()
    scene.open()
    scene.socket.deliverRaw('["bye",{"code":1012,"reason":"","retryAfterMs":7}]')
    scene.socket.end(1012)
    expect(scene.chat.status.state).toBe('waiting')
  })

  it.each(['[0,0]', '[-5,-1]', '[9,3]', '["a","b"]', '[null]', '7', '[0,1e999]', '[0,1e300]'])(
    'waits longer with every retry, whatever window a server asks for: %s',
    (window) => {
      const scene = new Scene()
      const delays: number[] = []
      for (let retry = 0; retry < 4; retry++) {
        scene.open()
        scene.socket.deliverRaw(`["bye",{"code":1012,"reason":"","retryAfterMs":${window}}]`)
        scene.socket.end(1012)
        const { status } = scene.chat
        delays.push(status.state === 'waiting' ? status.until - scene.clock.now() : Number.NaN)
        scene.retry()
      }
      expect(delays).toEqual([250, 500, 1_000, 2_000])
    },
  )

  it('tells apart why a server has refused it', async () => {
    const scene = new Scene()
    const ready = scene.chat.ready()
    scene.socket.accept()
    scene.socket.end(4501, 'Who are you?')
    await expect(ready).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: 'Who are you?' })
    await expect(scene.chat.ready()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('is ready when it is open, also on a later attempt', async () => {
    const scene = new Scene()
    const ready = scene.chat.ready()
    scene.socket.end(1006)
    scene.retry()
    scene.open()
    await ready
    await scene.chat.ready()
  })

  it('gives up an attempt that is not welcomed in time, and tries again', () => {
    const scene = new Scene({ connectTimeoutMs: 3_000 })
    scene.socket.accept()
    scene.clock.advance(2_999)
    expect(scene.chat.status.state).toBe('connecting')
    scene.clock.advance(1)
    expect(scene.chat.status).toMatchObject({
      state: 'waiting',
      cause: { code: 4000, error: { code: 'TIMEOUT' } },
    })
    expect(scene.socket.closedWith?.code).toBe(4000)
  })

  it('does nothing when connect is called while it is open or on the way', () => {
    const scene = new Scene()
    scene.chat.connect()
    scene.open()
    scene.chat.connect()
    expect(scene.transport.sockets).toHaveLength(1)
  })

  it('connects at once when connect is called while it waits, and only once', () => {
    const scene = new Scene()
    scene.socket.end(1006)
    scene.chat.connect()
    expect(scene.transport.sockets).toHaveLength(2)
    scene.clock.advance(9_000)
    expect(scene.transport.sockets).toHaveLength(2)
  })

  it('does not try again when no socket can be had at all, and says so to who listens by then', async () => {
    const scene = new Scene()
    scene.transport.refusal = new TypeError('blocked')
    scene.socket.end(1006)
    scene.retry()
    await Promise.resolve()
    expect(scene.states.slice(-2)).toEqual(['connecting', 'closed'])
    expect(scene.chat.status).toMatchObject({ state: 'closed', cause: { error: { code: 'INTERNAL' } } })
  })

  it('is not given up by signals that call back as soon as they are listened to', () => {
    const { WebSocket, sockets } = new MemoryTransport()
    const clock = new VirtualClock()
    const listen = (wake: () => void) => {
      wake()
      return () => undefined
    }
    const environment = { clock, signals: { listen } }
    const client = createApiClient('abc', 'ws://test', { WebSocket, environment })
    const connection = client.connect<Connection<object>>({ path: '/', calls: {}, channels: {} })
    const states: string[] = [connection.status.state]
    connection.onStatus(({ state }) => states.push(state))
    sockets[0]?.accept()
    sockets[0]?.deliver(['welcome', welcome])
    connection.close()
    clock.advance(3_600_000)
    connection.connect()
    expect(states).toEqual(['connecting', 'open', 'closed', 'connecting'])
  })

  it('tries again and again without a delay where none is wanted, however often it fails', () => {
    const scene = new Scene({ reconnect: { minDelayMs: 0 } })
    for (let n = 0; n < 1_100; n++) {
      scene.socket.end(1006)
      scene.clock.advance(0)
    }
    expect(scene.chat.status).toEqual({ state: 'connecting', attempt: 1_100 })
  })

  it('takes options without a prototype, as a module or a parser makes them', () => {
    const scene = new Scene({ reconnect: Object.assign(Object.create(null), { minDelayMs: 100 }) })
    scene.socket.end(1006)
    expect(scene.clock.nextInMs).toBe(50)
  })

  it('takes an option that is undefined for one that is not given', () => {
    const reconnect = { minDelayMs: undefined }
    const scene = new Scene({ connectTimeoutMs: undefined, reconnect } as object)
    expect(scene.clock.nextInMs).toBe(10_000)
    scene.socket.end(1006)
    expect(scene.clock.nextInMs).toBe(250)
  })

  it('names what the platform knows of a failure', () => {
    const scene = new Scene()
    scene.socket.end(1006, '', 'Unexpected server response: 403')
    const error = { code: 'CONNECTION_LOST', message: 'Unexpected server response: 403' }
    expect(scene.chat.status).toMatchObject({ state: 'waiting', cause: { code: 1006, error } })
  })
})

describe('closing', () => {
  it('is respected: nothing reconnects, no timer runs, no signal is listened to', () => {
    const scene = new Scene()
    scene.open()
    expect(scene.isListeningForSignals).toBe(true)
    scene.chat.close(4_100, 'enough')
    expect(scene.socket.closedWith).toEqual({ code: 4_100, reason: 'enough' })
    scene.socket.end(1006)
    scene.clock.advance(3_600_000)
    expect(scene.chat.status).toEqual({ state: 'closed', cause: { code: 4_100, reason: 'enough' } })
    expect(scene.transport.sockets).toHaveLength(1)
    expect(scene.clock.running).toBe(0)
    expect(scene.isListeningForSignals).toBe(false)
  })

  it('ends the waiting for the next attempt', () => {
    const scene = new Scene()
    scene.socket.end(1006)
    scene.chat.close()
    expect(scene.clock.running).toBe(0)
    expect(scene.states).toEqual(['waiting', 'closed'])
  })

  it('can be undone by connect, which starts with short delays', () => {
    const scene = new Scene()
    scene.chat.close()
    scene.chat.close()
    expect(scene.states).toEqual(['closed'])
    scene.chat.connect()
    for (const _ of [1, 2, 3]) {
      scene.socket.end(1006)
      scene.retry()
    }
    scene.chat.close()
    scene.chat.connect()
    expect(scene.chat.status).toEqual({ state: 'connecting', attempt: 0 })
    scene.open()
    expect(scene.chat.status.state).toBe('open')
  })

  it('is respected by signals whose stop says something, and connect listens to them again', () => {
    const { WebSocket } = new MemoryTransport()
    const wakes = new Set<() => void>()
    const listen = (wake: () => void) => {
      wakes.add(wake)
      return () => wakes.delete(wake)
    }
    const client = createApiClient('abc', 'ws://test', { WebSocket, environment: { signals: { listen } } })
    const connection = client.connect<Connection<object>>({ path: '/', calls: {}, channels: {} })
    for (const _ of [1, 2]) {
      connection.close()
      expect(wakes.size).toBe(0)
      connection.connect()
      expect(wakes.size).toBe(1)
    }
    connection.close()
  })

  it('ends every connection of the client', () => {
    const scene = new Scene()
    scene.open()
    scene.client.close()
    expect(scene.chat.status.state).toBe('closed')
    scene.chat.connect()
    scene.client.close()
    expect(scene.chat.status.state).toBe('closed')
  })

  it('refuses codes and reasons that may not go over the wire', () => {
    const scene = new Scene()
    for (const code of [999, 1001, 1005, 2_999, 5_000, 3_000.5, Number.NaN]) {
      expect(() => scene.chat.close(code)).toThrow(expect.objectContaining({ code: 'INVALID_CLOSE' }))
    }
    expect(() => scene.chat.close(1000, 'ä'.repeat(62))).toThrow(
      expect.objectContaining({ code: 'INVALID_CLOSE' }),
    )
    expect(scene.chat.status.state).toBe('connecting')
    scene.chat.close(1000, 'ä'.repeat(61))
  })

  it('from within a listener is told to every listener in order', () => {
    const scene = new Scene()
    const seen: string[] = []
    scene.chat.onStatus(({ state }) => state === 'open' && scene.chat.close())
    scene.chat.onStatus(({ state }) => seen.push(state))
    scene.open()
    expect(seen).toEqual(['open', 'closed'])
    expect(scene.states).toEqual(['open', 'closed'])
  })
})
