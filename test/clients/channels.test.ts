import { parseTemplate } from '@wirepact/protocol'
import { describe, expect, it } from 'vitest'
import { openedScene, openScene } from './support/scene.js'

describe('a channel', () => {
  it('is the same object whenever it is asked for, by its full name', () => {
    const { chat } = openScene()
    expect(chat.channels.room().name).toBe('room/one')
    expect(chat.channels.room({ roomId: 'one' })).toBe(chat.channels.room())
    expect(chat.channels.room({ roomId: 'a/b' }).name).toBe('room/a%2Fb')
  })

  it.each(['...', '__proto__', 'a b', 'ä/ö', '%2E', '{x}', "!'()*~", '\u{1f600}'])(
    'has the name that the server gives it: %s',
    (roomId) => {
      const { chat } = openScene()
      expect(chat.channels.room({ roomId }).name).toBe(parseTemplate('room/{roomId}').fill({ roomId }))
    },
  )

  it.each(['', '.', '..'])(
    'has no name where a parameter is "%s", which no path could have either',
    (roomId) => {
      const { chat } = openScene()
      expect(() => chat.channels.room({ roomId })).toThrow(new TypeError(`roomId cannot be "${roomId}"`))
    },
  )

  it('that the server joins cannot be subscribed by listening', () => {
    const { chat, socket, open } = openScene()
    chat.channels.room().on('said', () => undefined)
    open()
    expect(socket().of('subscribe')).toEqual([])
  })

  it('delivers each message to the listeners of its name until they stop', () => {
    const { chat, socket, open } = openScene()
    const heard: unknown[] = []
    const stop = chat.channels.lobby().on('said', (data) => heard.push(data))
    chat.channels.lobby().on('typing', () => heard.push('typing'))
    open()
    socket().deliver(['joined', 1, 'lobby', {}], ['publication', 'lobby', 'said', { text: 'a' }, null])
    stop()
    socket().deliver(['publication', 'lobby', 'said', { text: 'b' }, null])
    socket().deliver(['publication', 'lobby', 'typing', null, null])
    expect(heard).toEqual([{ text: 'a' }, 'typing'])
  })

  it('reads a page of its history', async () => {
    const { chat, socket, open } = openScene()
    open()
    const page = chat.channels.room().history({ before: 9 })
    expect(socket().of('history')).toEqual([['history', 1, 'room/one', { limit: 50, before: 9 }]])
    const kept = [[8, 'said', { text: 'a' }, 123]] as const
    socket().deliver(['reply', 1, { epoch: 'e', offset: 9, publications: kept, more: true }])
    const publications = [{ name: 'said', data: { text: 'a' }, offset: 8, at: 123 }]
    expect(await page).toEqual({ epoch: 'e', position: ['e', 9], publications, more: true })
  })

  it('is asked for pages of fifty, also where the limit is left open', () => {
    const { chat, said } = openedScene()
    const room = chat.channels.room()
    for (const given of [{}, { limit: undefined, before: 9 } as object]) {
      room.history(given).catch(() => undefined)
    }
    expect(said().map(([, , , query]) => query)).toEqual([{ limit: 50 }, { limit: 50, before: 9 }])
    chat.close()
  })

  it('rejects a page that it is not given, or that is none', async () => {
    const { chat, socket, open } = openScene()
    open()
    const pages = [chat.channels.room().history(), chat.channels.room().history()]
    socket().deliver(['error', 1, { code: 'NO_HISTORY', message: 'No.' }], ['reply', 2, 7])
    await expect(pages[0]).rejects.toMatchObject({ code: 'NO_HISTORY' })
    await expect(pages[1]).rejects.toThrow()
  })
})

describe('a subscription', () => {
  it('is made by listening, once, on a channel without presence', () => {
    const { chat, socket, open } = openScene()
    const lobby = chat.channels.lobby()
    lobby.on('said', () => undefined)
    expect(lobby.status.state).toBe('joining')
    lobby.on('typing', () => undefined)
    open()
    lobby.on('said', () => undefined)
    expect(socket().of('subscribe')).toEqual([['subscribe', 1, 'lobby', {}]])
    socket().deliver(['joined', 1, 'lobby', {}])
    expect(lobby.status).toEqual({ state: 'joined', position: undefined })
  })

  it('with presence is made by subscribe alone', async () => {
    const { chat, socket, open } = openScene()
    const stage = chat.channels.stage()
    stage.on('said', () => undefined)
    open()
    expect(socket().of('subscribe')).toEqual([])
    const subscribed = stage.subscribe({ presence: { name: 'Ada' } })
    expect(socket().of('subscribe')).toEqual([['subscribe', 1, 'stage', { presence: { name: 'Ada' } }]])
    socket().deliver(['joined', 1, 'stage', { presence: [['c1', { name: 'Ada' }]] }])
    await subscribed
    await stage.subscribe({ presence: { name: 'Ada' } })
    expect(socket().of('subscribe')).toHaveLength(1)
  })

  it('is made again with the position on every new connection, before anything that waits', async () => {
    const { chat, socket, open, reopen } = openScene()
    const lobby = chat.channels.lobby()
    const states: string[] = []
    lobby.onStatus(({ state }) => states.push(state))
    const subscribed = lobby.subscribe()
    open()
    socket().deliver(['joined', 1, 'lobby', { position: ['e', 3], top: 3 }])
    await subscribed
    socket().end(1006)
    chat.typing()
    reopen()
    expect(socket().sent.slice(1)).toEqual([
      ['subscribe', 3, 'lobby', { position: ['e', 3] }],
      ['event', 'typing', null],
    ])
    socket().deliver(['joined', 3, 'lobby', { position: ['e', 3], top: 3, recovered: true }])
    expect(states).toEqual(['joining', 'joined', 'joining', 'joined'])
  })

  it('that is refused rejects, is told, and is tried again with the next connection', async () => {
    const { chat, socket, open, reopen, errors } = openScene()
    open()
    const lobby = chat.channels.lobby()
    const subscribed = lobby.subscribe()
    socket().deliver(['error', 1, { code: 'FORBIDDEN', message: 'No.' }])
    await expect(subscribed).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(lobby.status).toMatchObject({ state: 'refused', error: { code: 'FORBIDDEN' } })
    expect(errors).toMatchObject([{ code: 'FORBIDDEN' }])
    socket().end(1006)
    reopen()
    socket().deliver(['joined', 2, 'lobby', {}])
    expect(lobby.status.state).toBe('joined')
  })

  it('that is lost on the way is made again and then resolves', async () => {
    const { chat, socket, open, reopen } = openScene()
    open()
    const subscribed = chat.channels.lobby().subscribe()
    socket().end(1006)
    reopen()
    socket().deliver(['joined', 2, 'lobby', {}])
    await subscribed
  })

  it('is not made again after unsubscribe', async () => {
    const { chat, socket, open, reopen } = openScene()
    open()
    const lobby = chat.channels.lobby()
    await expect(settled(lobby.subscribe(), () => lobby.unsubscribe())).rejects.toMatchObject({
      code: 'ABORTED',
    })
    socket().end(1006)
    reopen()
    expect(socket().of('subscribe')).toEqual([])
    expect(socket().of('hello')[0]?.[1].positions).toEqual({})
  })

  it('ends when the server confirms, and nothing is delivered meanwhile', async () => {
    const { chat, socket, open } = openScene()
    const lobby = chat.channels.lobby()
    const heard: unknown[] = []
    lobby.on('said', (data) => heard.push(data))
    open()
    socket().deliver(['joined', 1, 'lobby', {}])
    const ended = lobby.unsubscribe()
    socket().deliver(['publication', 'lobby', 'said', { text: 'late' }, null], ['left', 2, 'lobby'])
    await ended
    expect(heard).toEqual([])
    await lobby.unsubscribe()
    expect(socket().of('unsubscribe')).toHaveLength(1)
  })

  it('that was ended and made again is not disturbed by late answers to the former', async () => {
    const { chat, socket, open } = openScene()
    open()
    const lobby = chat.channels.lobby()
    void lobby.subscribe()
    void lobby.unsubscribe()
    const again = lobby.subscribe()
    socket().deliver(['joined', 1, 'lobby', { position: ['e', 1], top: 1 }], ['left', 2, 'lobby'])
    expect(lobby.status.state).toBe('joining')
    socket().deliver(['publication', 'lobby', 'said', { text: 'early' }, 2])
    socket().deliver(['joined', 3, 'lobby', { position: ['e', 5], top: 5 }])
    await again
    expect(lobby.status).toEqual({ state: 'joined', position: ['e', 5] })
  })

  it('that was ended is not begun again by what the server said before it knew', async () => {
    const { chat, socket, open } = openScene()
    open()
    const lobby = chat.channels.lobby()
    void lobby.subscribe()
    socket().deliver(['joined', 1, 'lobby', { position: ['e', 1], top: 1 }])
    void lobby.unsubscribe()
    socket().deliver(['joined', null, 'lobby', { position: ['f', 0], top: 0 }])
    expect(lobby.status.state).toBe('idle')
    void lobby.subscribe()
    expect(socket().of('subscribe')).toHaveLength(2)
    socket().deliver(['left', 2, 'lobby'], ['joined', 3, 'lobby', { position: ['f', 0], top: 0 }])
    expect(lobby.status.state).toBe('joined')
  })

  it('that is unanswered is not disturbed by the end of an earlier membership', async () => {
    const { chat, socket, open } = openScene()
    open()
    const subscribed = chat.channels.lobby().subscribe()
    socket().deliver(['left', null, 'lobby'], ['joined', 1, 'lobby', {}])
    await subscribed
  })

  it('that the server ends is idle until the next connection', () => {
    const { chat, socket, open, reopen } = openScene()
    const lobby = chat.channels.lobby()
    void lobby.subscribe()
    open()
    socket().deliver(['joined', 1, 'lobby', {}], ['left', null, 'lobby'])
    expect(lobby.status).toEqual({ state: 'idle' })
    socket().end(1006)
    reopen()
    expect(socket().of('subscribe')).toHaveLength(1)
  })

  it('rejects when the connection is closed for good, and is made again when it is connected again', async () => {
    const { chat, socket, open } = openScene()
    const lobby = chat.channels.lobby()
    const subscribed = settled(lobby.subscribe(), () => chat.close())
    await expect(subscribed).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    await expect(lobby.subscribe()).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
    expect(lobby.status).toEqual({ state: 'idle' })
    chat.connect()
    open()
    expect(socket().of('subscribe')).toHaveLength(1)
  })
})

describe('presence', () => {
  const snapshot = [
    ['a', { name: 'Ada' }],
    ['b', { name: 'Bea' }],
  ] as const

  function openRoom() {
    const scene = openScene()
    const { presence } = scene.chat.channels.room()
    const seen: (readonly { readonly connection: string; readonly data: { readonly name: string } }[])[] = []
    presence.onChange((members) => seen.push(members))
    scene.open()
    const names = () => presence.members.map(({ connection, data }) => `${connection}:${data.name}`)
    return { ...scene, presence, seen, names }
  }

  it('is the snapshot of joined and then every change, in a new array each time', () => {
    const { socket, names, seen, presence } = openRoom()
    expect(presence.members).toEqual([])
    socket().deliver(['joined', null, 'room/one', { presence: snapshot }])
    socket().deliver([
      'presence',
      'room/one',
      [
        ['join', 'c', { name: 'Cem' }],
        ['leave', 'a'],
        ['leave', 'x'],
      ],
    ])
    expect(names()).toEqual(['b:Bea', 'c:Cem'])
    socket().deliver([
      'presence',
      'room/one',
      [
        ['update', 'b', { name: 'Bo' }],
        ['join', 'c', { name: 'Co' }],
      ],
    ])
    expect(names()).toEqual(['b:Bo', 'c:Co'])
    expect(seen.map((members) => members.length)).toEqual([2, 2, 2])
    expect(new Set(seen).size).toBe(3)
    expect(seen.at(-1)).toBe(presence.members)
  })

  it('knows nothing of changes that a newer server may tell', () => {
    const { socket, names } = openRoom()
    socket().deliver(['joined', null, 'room/one', { presence: snapshot }])
    const changes = [
      ['count', 7],
      ['away', 'a', { name: 'Ada' }],
      ['away', 'z', { name: 'Zoe' }],
    ]
    socket().deliver(['presence', 'room/one', changes as never])
    expect(names()).toEqual(['a:Ada', 'b:Bea'])
  })

  it('stays as last known while the connection is away, and is replaced by the next joined', () => {
    const { socket, names, reopen } = openRoom()
    socket().deliver(['joined', null, 'room/one', { presence: snapshot }])
    socket().end(1006)
    expect(names()).toEqual(['a:Ada', 'b:Bea'])
    reopen()
    socket().deliver(['presence', 'room/one', [['leave', 'b']]])
    expect(names()).toEqual(['a:Ada', 'b:Bea'])
    socket().deliver(['joined', null, 'room/one', { presence: [['z', { name: 'Zoe' }]] }])
    expect(names()).toEqual(['z:Zoe'])
  })

  it('is empty after left', () => {
    const { socket, names } = openRoom()
    socket().deliver(['joined', null, 'room/one', { presence: snapshot }], ['left', null, 'room/one'])
    expect(names()).toEqual([])
  })

  it('is undefined on a channel without presence', () => {
    expect(openScene().chat.channels.lobby().presence).toBeUndefined()
  })
})

/** The promise of something that `end` then ends. */
function settled<T>(promise: Promise<T>, end: () => unknown): Promise<T> {
  end()
  return promise
}
