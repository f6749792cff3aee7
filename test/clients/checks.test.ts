import type { ServerFrame } from '@wirepact/protocol'
import { describe, expect, it } from 'vitest'
import { Scene } from './support/scene.js'
import { turn } from './support/virtual-clock.js'

const room = 'room/one'

/** A client whose server was made from another schema, open as soon as its checks are loaded. */
async function openOther() {
  const scene = new Scene()
  const socket = scene.open({ contract: 'other' })
  await turn()
  const problems = () => scene.errors.map(({ code, subject, problems }) => [code, subject, problems[0]?.path])
  return { scene, socket, chat: scene.chat, problems }
}

describe('a server with the contract of the client', () => {
  it('is believed: nothing of what it sends is looked at', () => {
    const scene = new Scene()
    const heard: unknown[] = []
    scene.chat.on('notice', (notice) => heard.push(notice))
    scene.open().deliver(['event', 'notice', { text: 7 }])
    expect(heard).toEqual([{ text: 7 }])
    expect(scene.errors).toEqual([])
  })
})

describe('a server with another contract', () => {
  it('is heard when the checks are loaded, from its first word on', async () => {
    const scene = new Scene()
    const heard: unknown[] = []
    scene.chat.on('notice', ({ text }) => heard.push(text))
    const socket = scene.open({ contract: 'other' })
    socket.deliver(['event', 'notice', { text: 'a' }], ['event', 'notice', { text: 7 }] as never, ['ping'])
    expect([scene.chat.status.state, heard]).toEqual(['connecting', []])
    await turn()
    expect([scene.chat.status.state, heard]).toEqual(['open', ['a']])
    expect(socket.of('pong')).toHaveLength(1)
    expect(scene.errors).toMatchObject([
      { code: 'INVALID_PAYLOAD', subject: 'notice', problems: [{ path: '/text', keyword: 'type' }] },
    ])
  })

  it('is looked at on the next connection, too, and once', async () => {
    const { scene } = await openOther()
    scene.reopen({ contract: 'other' })
    await turn()
    scene.socket.deliver(['event', 'notice', { text: 7 }])
    expect(scene.errors).toHaveLength(1)
  })

  it('is not heard when the connection was closed meanwhile', async () => {
    const scene = new Scene()
    scene.open({ contract: 'other' })
    scene.chat.close()
    await turn()
    expect(scene.chat.status.state).toBe('closed')
    expect(scene.clock.running).toBe(0)
  })

  it('is left when the checks are not there in time, however much it says', () => {
    const scene = new Scene()
    const socket = scene.open({ contract: 'other' })
    for (let n = 0; n < 20; n++) {
      socket.deliver(['ping'])
      scene.clock.advance(500)
    }
    expect(scene.chat.status).toMatchObject({
      state: 'waiting',
      cause: { code: 4000, error: { code: 'TIMEOUT' } },
    })
  })

  it('may say more than the client knows: that is told once, and does no harm', async () => {
    const { chat, socket, problems } = await openOther()
    const heard: unknown[] = []
    chat.on('notice', (notice) => heard.push(notice))
    const notice = { text: 'a', more: { deep: 1 } }
    socket.deliver(['event', 'notice', notice], ['event', 'notice', notice])
    socket.deliver(['event', 'news', 1], ['event', 'news', 2])
    expect(heard).toEqual([notice, notice])
    expect(problems()).toEqual([
      ['UNKNOWN_FIELD', 'notice', '/more'],
      ['UNKNOWN_MESSAGE', 'news', undefined],
    ])
  })

  it('may add to what the schema calls complete', async () => {
    const { chat, socket, problems } = await openOther()
    const renamed = chat.rename({ name: 'Ada' })
    socket.deliver(['reply', 1, { name: 'Ada', since: 7 }])
    expect(await renamed).toEqual({ name: 'Ada', since: 7 })
    expect(problems()).toEqual([['UNKNOWN_FIELD', 'rename', '/since']])
  })

  it('answers a call with what is no answer: the call fails with the problems', async () => {
    const { chat, socket } = await openOther()
    const renamed = chat.rename({ name: 'Ada' })
    socket.deliver(['reply', 1, { name: 7 }])
    await expect(renamed).rejects.toMatchObject({
      code: 'INVALID_PAYLOAD',
      subject: 'rename',
      problems: [{ path: '/name' }],
    })
  })

  it('sends an item that is none: the stream fails, and the server is told to stop', async () => {
    const { chat, socket } = await openOther()
    const stream = chat.transcript({ from: 0 })
    socket.deliver(['item', 1, 'good'], ['item', 1, 7], ['item', 1, 'late'])
    expect(await stream.next()).toMatchObject({ value: 'good' })
    await expect(stream.next()).rejects.toMatchObject({ code: 'INVALID_PAYLOAD' })
    expect(socket.of('cancel')).toEqual([['cancel', 1]])
  })

  it('publishes what does not fit: it is left out, and no gap is suspected', async () => {
    const { chat, socket, problems } = await openOther()
    const heard: unknown[] = []
    chat.channels.room().on('said', ({ text }) => heard.push(text))
    const said = (data: unknown, offset: number): ServerFrame => ['publication', room, 'said', data, offset]
    socket.deliver(['joined', null, room, { position: ['e', 0], top: 0 }])
    socket.deliver(said({ text: 'a' }, 1), said({ text: 7 }, 2), said({ text: 'c' }, 3))
    expect(heard).toEqual(['a', 'c'])
    expect(problems()).toEqual([['INVALID_PAYLOAD', 'said', '/text']])
    expect(socket.of('subscribe')).toEqual([])
  })

  it('tells of members that do not fit: they are left out', async () => {
    const { chat, socket } = await openOther()
    const { presence } = chat.channels.room()
    socket.deliver([
      'joined',
      null,
      room,
      {
        presence: [
          ['a', { name: 'Ada' }],
          ['b', 7],
        ],
      },
    ])
    socket.deliver([
      'presence',
      room,
      [
        ['join', 'c', { name: 'Cem' }],
        ['join', 'd', {}],
        ['leave', 'a'],
      ],
    ])
    expect(presence.members.map(({ connection }) => connection)).toEqual(['c'])
  })

  it('has a history of which some does not fit: the rest is read', async () => {
    const { chat, socket } = await openOther()
    const page = chat.channels.room().history()
    const publications = [[1, 'said', { text: 7 }, 1] as const, [2, 'said', { text: 'b' }, 2] as const]
    socket.deliver(['reply', 1, { epoch: 'e', publications, more: false }])
    expect((await page).publications.map(({ offset }) => offset)).toEqual([2])
  })

  it.each(['["reply","1"]', '["joined",null,7,{}]', '["event","notice"]', '["publication","a","b",1]', '{}'])(
    'sends what is no frame, %s: it is reported and nothing breaks',
    async (text) => {
      const { scene, socket } = await openOther()
      socket.deliverRaw(text)
      expect(scene.errors).toMatchObject([{ code: 'INVALID_FRAME' }])
      expect(scene.chat.status.state).toBe('open')
    },
  )
})
