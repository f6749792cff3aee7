import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { openScene } from './support/scene.js'

/** The lobby, joined, and somebody who says things in it. */
function openLobby() {
  const scene = openScene()
  const lobby = scene.chat.channels.lobby()
  void lobby.subscribe()
  scene.open()
  scene.socket().deliver(['joined', 1, 'lobby', {}])
  const say = (...texts: string[]) => {
    for (const text of texts) scene.socket().deliver(['publication', 'lobby', 'said', { text }, null])
  }
  return { ...scene, lobby, say }
}

describe('the messages of a channel', () => {
  it('are told to a loop, in order, until the connection is closed for good', async () => {
    const { chat, lobby, say } = openLobby()
    const messages = lobby.messages()
    say('one', 'two')
    chat.close()
    const texts: unknown[] = []
    for await (const { name, data, info } of messages) texts.push([name, data, info.offset])
    expect(texts).toEqual([
      ['said', { text: 'one' }, null],
      ['said', { text: 'two' }, null],
    ])
    expect(await messages.next()).toEqual({ done: true, value: undefined })
  })

  it('subscribe by being listened to', () => {
    const { chat, socket, open } = openScene()
    open()
    chat.channels.lobby().messages()
    expect(socket().of('subscribe')).toHaveLength(1)
  })

  it('go on over a reconnect', async () => {
    const { lobby, say, socket, reopen } = openLobby()
    const messages = lobby.messages()
    say('one')
    socket().end(1006)
    reopen()
    socket().deliver(['joined', socket().idOf('subscribe'), 'lobby', {}])
    say('two')
    expect([await messages.next(), await messages.next()]).toMatchObject([
      { value: { data: { text: 'one' } } },
      { value: { data: { text: 'two' } } },
    ])
  })

  it('answer everyone who waits, in order', async () => {
    const { chat, lobby, say } = openLobby()
    const messages = lobby.messages()
    const waiting = [messages.next(), messages.next(), messages.next()]
    say('one', 'two')
    chat.close()
    expect(await Promise.all(waiting)).toMatchObject([
      { value: { data: { text: 'one' } } },
      { value: { data: { text: 'two' } } },
      { done: true },
    ])
  })

  it('fail beyond the limit, after what was held', async () => {
    const { lobby, say } = openLobby()
    const messages = lobby.messages({ maxBuffered: 2 })
    say('one', 'two', 'three', 'four')
    const texts: string[] = []
    const loop = async () => {
      for await (const { data } of messages) if (data) texts.push(data.text)
    }
    await expect(loop()).rejects.toMatchObject({ code: 'BUFFER_OVERFLOW' })
    expect(texts).toEqual(['one', 'two'])
    expect(await messages.next()).toMatchObject({ done: true })
  })

  it('drop the oldest beyond the limit when told so', async () => {
    const { chat, lobby, say } = openLobby()
    const messages = lobby.messages({ maxBuffered: 2, overflow: 'drop-oldest' })
    say('one', 'two', 'three')
    chat.close()
    const texts: unknown[] = []
    for await (const { data } of messages) texts.push(data?.text)
    expect(texts).toEqual(['two', 'three'])
  })

  it('are held no more after the loop was left', async () => {
    const { lobby, say } = openLobby()
    const messages = lobby.messages({ maxBuffered: 1 })
    say('one')
    for await (const _ of messages) break
    say('two', 'three')
    expect(await messages.next()).toEqual({ done: true, value: undefined })
  })

  it('release who waits when they are returned', async () => {
    const { lobby } = openLobby()
    const messages = lobby.messages()
    const waiting = messages.next()
    await messages.return?.()
    expect(await waiting).toEqual({ done: true, value: undefined })
  })

  it('end with ABORTED by a signal, without what was held', async () => {
    const { lobby, say } = openLobby()
    const abort = new AbortController()
    const messages = lobby.messages({ signal: abort.signal })
    say('one')
    abort.abort('enough')
    await expect(messages.next()).rejects.toMatchObject({ code: 'ABORTED', cause: 'enough' })
    expect(await messages.next()).toMatchObject({ done: true })
  })

  it('are not even begun with a signal that was given before', () => {
    const { lobby } = openLobby()
    const signal = AbortSignal.abort('enough')
    expect(() => lobby.messages({ signal })).toThrow(
      expect.objectContaining({ code: 'ABORTED', cause: 'enough' }),
    )
  })

  it('lets go of the signal when they have ended', async () => {
    const { lobby } = openLobby()
    const { signal } = new AbortController()
    await lobby.messages({ signal }).return?.()
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('of a closed connection are none', async () => {
    const { chat, lobby } = openLobby()
    chat.close()
    expect(await lobby.messages().next()).toMatchObject({ done: true })
  })
})
