import type { Welcome } from '@wirepact/protocol'
import { describe, expect, it } from 'vitest'
import { openedScene, openScene, Scene } from './support/scene.js'

const sent = { outcome: 'sent' }
const queued = { outcome: 'queued' }
const refused = (code: string) => ({ outcome: 'refused', error: { code } })

/** What an acknowledged event is on the wire. */
const saved = (n: number, sequence: number) => ['event', 'save', { n }, sequence]

/** The connection is lost and comes back. */
function reopen(scene: Scene, change?: Partial<Welcome>) {
  return scene.reopen(change).sent.slice(1)
}

describe('an acknowledged event', () => {
  it('is sent with its number, in order with what else is said', () => {
    const { chat, said } = openedScene()
    expect([chat.save({ n: 1 }), chat.save({ n: 2 })]).toEqual([sent, sent])
    chat.typing()
    expect(said()).toEqual([saved(1, 1), saved(2, 2), ['event', 'typing', null]])
  })

  it('that was not acknowledged is sent again on the next connection, and before what waited', () => {
    const scene = new Scene()
    scene.open()
    for (const n of [1, 2, 3]) scene.chat.save({ n })
    scene.socket.deliver(['ack', 1])
    scene.socket.end(1006)
    scene.chat.typing()
    expect(scene.chat.save({ n: 4 })).toEqual(queued)
    scene.retry()
    expect(scene.open().sent.slice(1)).toEqual([
      saved(2, 2),
      saved(3, 3),
      saved(4, 4),
      ['event', 'typing', null],
    ])
  })

  it('that the welcome says is handled is not sent again', () => {
    const scene = new Scene()
    scene.open()
    for (const n of [1, 2, 3]) scene.chat.save({ n })
    expect(reopen(scene, { acked: 2 })).toEqual([saved(3, 3)])
    expect(reopen(scene, { acked: 3 })).toEqual([])
    scene.chat.save({ n: 4 })
    expect(scene.socket.sent.at(-1)).toEqual(saved(4, 4))
  })

  it('waits for the first connection', () => {
    const { chat, open } = openScene()
    expect([chat.save({ n: 1 }), chat.save({ n: 2 })]).toEqual([queued, queued])
    expect(open().sent.slice(1)).toEqual([saved(1, 1), saved(2, 2)])
  })

  it('is numbered anew where the server has forgotten the session', () => {
    const scene = new Scene()
    scene.open()
    for (const n of [1, 2, 3]) scene.chat.save({ n })
    scene.socket.deliver(['ack', 2])
    expect(reopen(scene, { session: 's2' })).toEqual([saved(3, 1)])
    scene.chat.save({ n: 4 })
    expect(scene.socket.sent.at(-1)).toEqual(saved(4, 2))
    scene.socket.deliver(['ack', 1])
    expect(reopen(scene, { session: 's2' })).toEqual([saved(4, 2)])
  })

  it('is as it was when it was said', () => {
    const { chat, open } = openScene()
    const data = { n: 1 }
    chat.save(data)
    data.n = 2
    expect(open().sent.at(-1)).toEqual(saved(1, 1))
  })

  it('is refused when too many wait, when it is closed, and when it cannot be sent', () => {
    const { chat, socket, said } = openedScene({ maxUnacknowledged: 2 })
    expect(chat.save({ n: 'x'.repeat(2_000) as never })).toMatchObject(refused('TOO_BIG'))
    expect(chat.save({ n: 1n as never })).toMatchObject(refused('NOT_SERIALIZABLE'))
    expect([chat.save({ n: 1 }), chat.save({ n: 2 })]).toEqual([sent, sent])
    expect(chat.save({ n: 3 })).toMatchObject(refused('BUFFER_OVERFLOW'))
    socket().deliver(['ack', 1])
    expect(chat.save({ n: 3 })).toEqual(sent)
    expect(said()).toEqual([saved(1, 1), saved(2, 2), saved(3, 3)])
    chat.close()
    expect(chat.save({ n: 4 })).toMatchObject(refused('CONNECTION_CLOSED'))
  })

  it('that the network does not take waits in its place', () => {
    const { chat, socket, said } = openedScene({ maxBufferedBytes: 10 })
    chat.save({ n: 1 })
    socket().bufferedAmount = 11
    expect(chat.save({ n: 2 })).toEqual(queued)
    socket().bufferedAmount = 0
    expect(chat.save({ n: 3 })).toEqual(sent)
    socket().bufferedAmount = 11
    chat.save({ n: 4 })
    socket().bufferedAmount = 0
    socket().deliver(['ack', 3])
    expect(said()).toEqual([saved(1, 1), saved(2, 2), saved(3, 3), saved(4, 4)])
  })

  it('that has become too big is reported with its name, and the others are sent', () => {
    const scene = new Scene()
    scene.chat.save({ n: 1 })
    scene.chat.save({ n: 'x'.repeat(2_000) as never })
    scene.chat.save({ n: 3 })
    expect(scene.open().sent.slice(1)).toEqual([saved(1, 1), saved(3, 3)])
    expect(scene.errors).toMatchObject([{ code: 'TOO_BIG', subject: 'save' }])
  })

  it('that was not handled when the connection is closed for good is reported with its name', () => {
    const { chat, errors, socket } = openedScene()
    chat.save({ n: 1 })
    chat.save({ n: 2 })
    socket().deliver(['ack', 1])
    chat.close()
    expect(errors).toMatchObject([{ code: 'CONNECTION_CLOSED', subject: 'save' }])
    expect(errors).toHaveLength(1)
  })
})

describe('a request that may be repeated', () => {
  it('is asked again on the next connection, and is answered once', async () => {
    const scene = new Scene()
    scene.open()
    const found = scene.chat.find({ name: 'Ada' })
    expect(reopen(scene)).toEqual([['request', 1, 'find', { name: 'Ada' }]])
    expect(reopen(scene)).toHaveLength(1)
    scene.socket.deliver(['reply', 1, { name: 'Ada' }])
    expect(await found).toEqual({ name: 'Ada' })
    expect(reopen(scene)).toEqual([])
  })

  it('times out all the same, and is not asked again then', async () => {
    const scene = new Scene({ callTimeoutMs: 5_000 })
    scene.open()
    const found = scene.chat.find({ name: 'Ada' })
    const failed = expect(found).rejects.toMatchObject({ code: 'TIMEOUT' })
    scene.socket.end(1006)
    scene.clock.advance(5_000)
    await failed
    scene.open()
    expect(scene.socket.sent).toHaveLength(1)
  })

  it('is not asked again when it is aborted, or when the connection is closed', async () => {
    const scene = new Scene()
    scene.open()
    const abort = new AbortController()
    const aborted = scene.chat.find({ name: 'Ada' }, { signal: abort.signal })
    const closed = scene.chat.find({ name: 'Bea' })
    scene.socket.end(1006)
    abort.abort()
    await expect(aborted).rejects.toMatchObject({ code: 'ABORTED' })
    scene.retry()
    expect(scene.open().of('request')).toEqual([['request', 2, 'find', { name: 'Bea' }]])
    scene.chat.close()
    await expect(closed).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  })
})
