import { describe, expect, it } from 'vitest'
import { Scene } from './support/scene.js'
import { turn } from './support/virtual-clock.js'

describe('a socket that was given up', () => {
  it('is not heard any more, whatever it still does', () => {
    const scene = new Scene({ connectTimeoutMs: 1_000 })
    const old = scene.socket
    scene.clock.advance(1_000)
    scene.retry()
    scene.open({ connection: 'new' })
    const notices: unknown[] = []
    scene.chat.on('notice', (notice) => notices.push(notice))
    old.accept()
    old.deliver([
      'welcome',
      {
        connection: 'old',
        session: 'x',
        contract: '',
        pingIntervalMs: 1,
        pingTimeoutMs: 1,
        maxPayloadBytes: 1,
      },
    ])
    old.deliver(['event', 'notice', { text: 'late' }], ['ping'])
    old.end(4501)
    expect(scene.chat.status).toMatchObject({ state: 'open', connection: 'new' })
    expect(notices).toEqual([])
    expect(old.sent).toEqual([])
  })
})

describe('a server that goes silent', () => {
  it('is taken for dead after the interval and the timeout of the welcome', () => {
    const scene = new Scene()
    scene.open()
    scene.clock.advance(34_999)
    expect(scene.chat.status.state).toBe('open')
    scene.clock.advance(1)
    expect(scene.chat.status).toMatchObject({ state: 'waiting', cause: { code: 4001 } })
    expect(scene.socket.closedWith?.code).toBe(4001)
  })

  it('is alive as long as any frame comes, and every ping is answered', () => {
    const scene = new Scene()
    scene.open()
    for (let minute = 0; minute < 10; minute++) {
      scene.clock.advance(30_000)
      scene.socket.deliver(['ping'])
    }
    expect(scene.chat.status.state).toBe('open')
    expect(scene.socket.of('pong')).toHaveLength(10)
  })

  it('is found out at once when the computer wakes up', () => {
    const scene = new Scene()
    scene.open()
    scene.clock.sleep(600_000)
    scene.wake()
    expect(scene.chat.status).toMatchObject({ state: 'waiting', cause: { code: 4001 } })
  })

  it('is not suspected on a wake-up shortly after a frame', () => {
    const scene = new Scene()
    scene.open()
    scene.clock.sleep(30_000)
    scene.wake()
    expect(scene.chat.status.state).toBe('open')
    scene.clock.advance(5_000)
    expect(scene.chat.status.state).toBe('waiting')
  })

  it('is never suspected when it announces no heartbeat', () => {
    const scene = new Scene()
    scene.open({ pingIntervalMs: 0 })
    expect(scene.clock.running).toBe(0)
  })
})

describe('the signal that the network is back', () => {
  it('ends the waiting', () => {
    const scene = new Scene()
    scene.socket.end(1006)
    scene.wake()
    expect(scene.chat.status.state).toBe('connecting')
    expect(scene.transport.sockets).toHaveLength(2)
  })

  it('makes one attempt, however often it comes', () => {
    const scene = new Scene()
    scene.socket.end(1006)
    for (let times = 0; times < 100; times++) scene.wake()
    scene.open()
    for (let times = 0; times < 100; times++) scene.wake()
    expect(scene.states).toEqual(['waiting', 'connecting', 'open'])
    expect(scene.transport.maxAlive).toBe(1)
  })
})

describe('auth', () => {
  it('is asked anew before every attempt', async () => {
    let asked = 0
    const scene = new Scene({ auth: async () => `token ${++asked}` })
    await turn()
    scene.open()
    expect(scene.socket.of('hello')[0]?.[1].token).toBe('token 1')
    scene.socket.end(1006)
    scene.retry()
    await turn()
    scene.open()
    expect(scene.socket.of('hello')[0]?.[1].token).toBe('token 2')
  })

  it('is asked once for attempts of the same moment', async () => {
    let asked = 0
    const scene = new Scene({ auth: () => `token ${++asked}` })
    scene.client.connect({ path: '/other', calls: {}, channels: {} })
    await turn()
    expect(scene.transport.sockets).toHaveLength(2)
    expect(asked).toBe(1)
  })

  it('that fails is a failed attempt, and another follows', async () => {
    const answers = [() => Promise.reject(new Error('offline')), () => 'token']
    const scene = new Scene({ auth: () => answers.shift()?.() })
    await turn()
    expect(scene.chat.status).toMatchObject({ state: 'waiting', cause: { error: { code: 'INTERNAL' } } })
    expect(scene.transport.sockets).toHaveLength(0)
    scene.retry()
    await turn()
    scene.open()
    expect(scene.chat.status.state).toBe('open')
  })

  it('that answers after close opens no socket', async () => {
    const scene = new Scene({ auth: async () => 'token' })
    scene.chat.close()
    await turn()
    expect(scene.transport.sockets).toHaveLength(0)
  })
})
