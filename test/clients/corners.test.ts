import { describe, expect, it } from 'vitest'
import { openedScene, openScene, Scene } from './support/scene.js'
import { turn } from './support/virtual-clock.js'

const ada = { presence: { name: 'Ada' } }

/** What became of a promise after a turn. */
async function fateOf(promise: Promise<unknown>): Promise<string> {
  let fate = 'pending'
  promise.then(
    () => (fate = 'resolved'),
    (thrown) => (fate = thrown.code),
  )
  await turn()
  return fate
}

describe('more subscriptions than calls may wait', () => {
  it('are all made, and made again on every new connection', () => {
    const scene = new Scene({ maxPendingCalls: 1 })
    const { lobby, stage } = scene.chat.channels
    for (const subscribed of [lobby().subscribe(), stage().subscribe(ada)]) subscribed.catch(() => undefined)
    expect(scene.open().of('subscribe')).toHaveLength(2)
    expect(scene.reopen().of('subscribe')).toHaveLength(2)
    expect(scene.errors).toEqual([])
  })

  it('leave calls and streams their room while they wait, and so do events', async () => {
    const scene = new Scene({ maxPendingCalls: 2 })
    const { chat } = scene
    const { lobby, stage } = chat.channels
    for (const subscribed of [lobby().subscribe(), stage().subscribe(ada)]) subscribed.catch(() => undefined)
    for (const _ of [1, 2, 3]) chat.typing()
    const calls = [chat.say({ text: 'hi' }), chat.transcript({ from: 0 }).next(), chat.say({ text: 'more' })]
    const fates = Promise.all(calls.map(fateOf))
    scene.open()
    expect(await fates).toEqual(['pending', 'pending', 'TOO_MANY_PENDING'])
    scene.socket.deliver(['end', scene.socket.idOf('stream')])
    await turn()
    expect(await fateOf(chat.say({ text: 'again' }))).toBe('pending')
    chat.close()
    await Promise.allSettled(calls)
    chat.connect()
    scene.open()
    expect(await fateOf(chat.say({ text: 'anew' }))).toBe('pending')
  })
})

describe('an attempt that waits for its credential', () => {
  it('is not given up because the page is shown', async () => {
    let give: (token: string) => void = () => undefined
    const scene = new Scene({ auth: () => new Promise((resolve) => (give = resolve)) })
    await turn()
    scene.wake()
    expect(scene.chat.status.state).toBe('connecting')
    give('token')
    await turn()
    scene.open()
    expect(scene.states).toEqual(['open'])
  })
})

describe('a listener that closes and connects again', () => {
  it('leaves no call behind that was sent before', async () => {
    const scene = new Scene()
    let call: Promise<unknown> | undefined
    const stop = scene.chat.onStatus(() => {
      stop()
      call = scene.chat.say({ text: 'hi' }, { timeoutMs: 0 })
      scene.chat.close()
      scene.chat.connect()
    })
    scene.open()
    expect(await fateOf(call as Promise<unknown>)).not.toBe('pending')
  })

  it('leaves no call behind when it is one of a channel', async () => {
    const scene = new Scene()
    scene.open()
    const lobby = scene.chat.channels.lobby()
    lobby.subscribe().catch(() => undefined)
    const call = scene.chat.say({ text: 'hi' }, { timeoutMs: 0 })
    lobby.onStatus(({ state }) => state === 'idle' && scene.chat.connect())
    scene.chat.close()
    expect(await fateOf(call)).not.toBe('pending')
  })

  it('is told of every acknowledged event that is given up', () => {
    const scene = new Scene()
    scene.open()
    for (const n of [1, 2, 3]) scene.chat.save({ n })
    scene.chat.onError(() => scene.chat.connect())
    scene.chat.close()
    expect(scene.errors.map(({ code, subject }) => `${code} ${subject}`)).toEqual(
      Array(3).fill('CONNECTION_CLOSED save'),
    )
  })

  it('is told of the refusal that made it close, and of no other', () => {
    const scene = new Scene()
    const [lobby, stage] = [scene.chat.channels.lobby(), scene.chat.channels.stage()]
    const states: string[] = []
    lobby.onStatus(({ state }) => states.push(state))
    lobby.subscribe().catch(() => undefined)
    stage.subscribe(ada).catch(() => undefined)
    stage.onStatus(({ state }) => state === 'refused' && scene.chat.close())
    scene.open()
    scene.socket.deliver(['error', 2, { code: 'FORBIDDEN', message: 'No.' }])
    expect(states).toEqual(['joining', 'idle'])
    expect(scene.errors.map(({ code }) => code)).toEqual(['FORBIDDEN'])
  })

  it('does not have acknowledged events numbered anew within the same session', () => {
    const scene = new Scene()
    scene.open()
    const lobby = scene.chat.channels.lobby()
    lobby.subscribe().catch(() => undefined)
    for (const n of [1, 2]) scene.chat.save({ n })
    scene.socket.deliver(['ack', 2])
    scene.chat.close()
    const stop = lobby.onStatus(({ state }) => {
      if (state !== 'joining' || scene.chat.status.state !== 'open') return
      stop()
      scene.chat.close()
    })
    scene.chat.connect()
    scene.open({ acked: 2 })
    scene.chat.connect()
    scene.open({ acked: 2 })
    scene.chat.save({ n: 3 })
    expect(scene.socket.of('event').at(-1)).toEqual(['event', 'save', { n: 3 }, 3])
  })

  it('does not keep client.close() from returning', () => {
    const scene = new Scene()
    let times = 0
    scene.chat.onStatus(({ state }) => {
      if (state !== 'closed') return
      if (++times > 10) throw new Error('It would go on for ever.')
      scene.chat.connect()
    })
    scene.client.close()
    expect(times).toBe(1)
  })
})

describe('an event with a signal that is aborted already', () => {
  it('is not sent', () => {
    const scene = new Scene()
    const signal = AbortSignal.abort()
    expect(scene.chat.shout({ text: 'hi' }, { signal })).toMatchObject({
      outcome: 'refused',
      error: { code: 'ABORTED' },
    })
    expect(scene.chat.save({ n: 1 }, { signal })).toMatchObject({
      outcome: 'refused',
      error: { code: 'ABORTED' },
    })
    expect(scene.open().sent.slice(1)).toEqual([])
  })
})

describe('an acknowledged event for which the network has no room', () => {
  it('is sent when there is room again, though nothing else happens', () => {
    const { chat, clock, said, socket } = openedScene({ maxBufferedBytes: 100 })
    socket().bufferedAmount = 101
    chat.save({ n: 1 })
    socket().bufferedAmount = 0
    clock.advance(5_000)
    expect(said()).toHaveLength(1)
  })
})

describe('a subscription that is answered late', () => {
  it('is joined all the same, while the connection lives', () => {
    const scene = new Scene({ callTimeoutMs: 1_000 })
    scene.open()
    const lobby = scene.chat.channels.lobby()
    lobby.subscribe().catch(() => undefined)
    const id = scene.socket.idOf('subscribe')
    scene.clock.advance(2_000)
    scene.socket.deliver(['joined', id, 'lobby', {}])
    expect(lobby.status.state).toBe('joined')
  })
})

describe('a listener of a channel', () => {
  it('that unsubscribes when it is told who is there is in it no more', () => {
    const { chat, open, socket } = openScene()
    open()
    const stage = chat.channels.stage()
    stage.presence.onChange(() => void stage.unsubscribe())
    stage.subscribe(ada).catch(() => undefined)
    const presence = [['a', { name: 'Ada' }]] as const
    socket().deliver(['joined', socket().idOf('subscribe'), 'stage', { presence }])
    socket().deliver(['left', socket().idOf('unsubscribe'), 'stage'])
    expect(stage.status.state).toBe('idle')
  })

  it('that unsubscribes while it is joining is never in it', () => {
    const { chat, said, socket } = openedScene()
    const lobby = chat.channels.lobby()
    lobby.onStatus(({ state }) => state === 'joining' && void lobby.unsubscribe())
    lobby.subscribe().catch(() => undefined)
    expect(said().filter(([type]) => type === 'subscribe')).toEqual([])
    socket().deliver(['left', socket().idOf('unsubscribe'), 'lobby'])
    expect(lobby.status.state).toBe('idle')
  })

  it('that listens to more while it is joining has it asked for once', () => {
    const { chat, said } = openedScene()
    const lobby = chat.channels.lobby()
    lobby.onStatus(() => lobby.on('said', () => undefined))
    lobby.on('said', () => undefined)
    expect(said()).toHaveLength(1)
  })
})

describe('messages()', () => {
  it.each([0, Number.NaN, -1])('has a limit, and says when it is none: %d', (maxBuffered) => {
    const { chat } = openScene()
    expect(() => chat.channels.lobby().messages({ maxBuffered })).toThrow(RangeError)
  })
})

describe('an option that is no number from 0 on', () => {
  it.each([Number.NaN, -1])('is refused: %d', (minDelayMs) => {
    expect(() => new Scene({ reconnect: { minDelayMs } })).toThrow(RangeError)
    expect(() => new Scene({ callTimeoutMs: minDelayMs })).toThrow(RangeError)
  })
})

describe('a server that says what no socket takes', () => {
  it.each([
    [70_000, 'gone'],
    [4_000, 'x'.repeat(200)],
  ])('cannot keep the client from coming back: bye %d', (code, reason) => {
    const scene = new Scene()
    const socket = scene.open()
    socket.isStrict = true
    socket.deliver(['bye', { code, reason }])
    const call = scene.chat.say({ text: 'hi' })
    socket.end(1006)
    expect(scene.chat.status.state).toBe(code < 5_000 ? 'waiting' : 'closed')
    return expect(call).rejects.toMatchObject({
      code: code < 5_000 ? 'CONNECTION_LOST' : 'CONNECTION_CLOSED',
    })
  })
})

describe('a socket that fails in the way of its platform', () => {
  it('takes a close without a code for a lost connection', () => {
    const scene = new Scene()
    scene.open().end(0)
    expect(scene.chat.status).toMatchObject({ state: 'waiting', cause: { code: 1006 } })
  })

  it('takes an error before it is open for the end of the attempt, where nothing follows', () => {
    const scene = new Scene()
    scene.socket.refuse('Unexpected server response: 404')
    const error = { code: 'CONNECTION_LOST', message: 'Unexpected server response: 404' }
    expect(scene.chat.status).toMatchObject({ state: 'waiting', cause: { code: 1006, error } })
  })
})

describe('a clock that goes back', () => {
  it('does not keep a silent server from being noticed', () => {
    const scene = new Scene()
    scene.open()
    scene.clock.turnBack(3_600_000)
    scene.clock.advance(80_000)
    expect(scene.chat.status.state).not.toBe('open')
  })
})

describe('the queue of one-way messages', () => {
  it('is not filled by calls that wait', () => {
    const scene = new Scene({ maxQueuedMessages: 1 })
    void scene.chat.say({ text: 'hi' }).catch(() => undefined)
    expect(scene.chat.shout({ text: 'hi' }).outcome).toBe('queued')
    expect(scene.chat.shout({ text: 'hi' }).outcome).toBe('refused')
    scene.open()
    scene.reopen()
    expect(scene.chat.shout({ text: 'hi' }).outcome).toBe('sent')
  })
})
