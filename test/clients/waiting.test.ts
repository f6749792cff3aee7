import { getEventListeners } from 'node:events'
import type { Status } from '@wirepact/client'
import { describe, expect, it } from 'vitest'
import { openedScene, openScene, Scene } from './support/scene.js'
import { turn } from './support/virtual-clock.js'

const expired = (subject: string) => ({ code: 'TIMEOUT', subject })

describe('a message that waits for the connection', () => {
  it('is not sent any more when its time is over, and that is told at once', () => {
    const { chat, clock, errors, open } = openScene({ connectTimeoutMs: 60_000 })
    expect(chat.shout({ text: 'soon' }, { ttlMs: 1_000 })).toEqual({ outcome: 'queued' })
    chat.shout({ text: 'whenever' })
    clock.advance(999)
    expect(errors).toEqual([])
    clock.advance(1)
    expect(errors).toMatchObject([expired('shout')])
    expect(open().of('event')).toEqual([['event', 'shout', { text: 'whenever' }]])
  })

  it('leaves its place to another one', () => {
    const { chat, clock } = openScene({ connectTimeoutMs: 60_000, maxQueuedMessages: 1 })
    chat.typing(null, { ttlMs: 10 })
    expect(chat.typing()).toMatchObject({ outcome: 'refused', error: { code: 'BUFFER_OVERFLOW' } })
    clock.advance(10)
    expect(chat.typing()).toEqual({ outcome: 'queued' })
  })

  it('is sent in time, and nothing is left behind', () => {
    const { chat, clock, errors, open } = openScene()
    const { signal } = new AbortController()
    chat.shout({ text: 'hi' }, { ttlMs: 1_000, signal })
    expect(open({ pingIntervalMs: 0 }).of('event')).toHaveLength(1)
    expect(clock.running).toBe(0)
    expect(getEventListeners(signal, 'abort')).toEqual([])
    expect(errors).toEqual([])
  })

  it('can be taken back as long as it waits', () => {
    const { chat, errors, open } = openScene()
    const abort = new AbortController()
    chat.shout({ text: 'hi' }, { signal: abort.signal })
    abort.abort()
    expect(errors).toMatchObject([{ code: 'ABORTED', subject: 'shout' }])
    expect(open().of('event')).toEqual([])
  })

  it('leaves no timer when the connection is closed', () => {
    const { chat, clock, errors } = openScene()
    chat.shout({ text: 'hi' }, { ttlMs: 1_000 })
    chat.close()
    expect(clock.running).toBe(0)
    expect(errors).toMatchObject([{ code: 'CONNECTION_CLOSED' }])
  })
})

describe('an acknowledged event with a time', () => {
  it('is kept for no longer, be it sent or not', () => {
    const { chat, clock, errors, socket, reopen } = openedScene()
    chat.save({ n: 1 }, { ttlMs: 1_000 })
    chat.save({ n: 2 })
    clock.advance(1_000)
    expect(errors).toMatchObject([expired('save')])
    socket().end(1006)
    expect(reopen().of('event')).toEqual([['event', 'save', { n: 2 }, 2]])
  })

  it('has no timer any more when it is handled', () => {
    const scene = new Scene()
    const socket = scene.open({ pingIntervalMs: 0 })
    scene.chat.save({ n: 1 }, { ttlMs: 1_000 })
    socket.deliver(['ack', 1])
    expect(scene.clock.running).toBe(0)
  })
})

describe('a stream that may not wait for ever', () => {
  it('fails when nothing comes in time, and the server is told', async () => {
    const { chat, clock, socket } = openedScene()
    const stream = chat.transcript({ from: 0 }, { timeoutMs: 1_000 })
    clock.advance(1_000)
    await expect(stream.next()).rejects.toMatchObject({ code: 'TIMEOUT' })
    expect(socket().of('cancel')).toEqual([['cancel', 1]])
  })

  it('may take its time after the first item', async () => {
    const scene = new Scene()
    const socket = scene.open({ pingIntervalMs: 0 })
    const stream = scene.chat.transcript({ from: 0 }, { timeoutMs: 1_000 })
    socket.deliver(['item', 1, 'a'])
    expect(scene.clock.running).toBe(0)
    scene.clock.advance(1e6)
    socket.deliver(['end', 1])
    expect(await stream.next()).toMatchObject({ value: 'a' })
    expect(await stream.next()).toMatchObject({ done: true })
  })

  it('is never asked for where there is no connection in time', async () => {
    const { chat, clock, open } = openScene({ connectTimeoutMs: 60_000 })
    const stream = chat.transcript({ from: 0 }, { timeoutMs: 1_000 })
    clock.advance(1_000)
    await expect(stream.next()).rejects.toMatchObject({ code: 'TIMEOUT' })
    expect(open().of('stream')).toEqual([])
  })
})

describe('the statuses of a connection', () => {
  it('are told to a loop, from the one that is now on, until it is closed', async () => {
    const scene = new Scene()
    const seen: Status['state'][] = []
    const loop = (async () => {
      for await (const { state } of scene.chat.statuses()) seen.push(state)
    })()
    await turn()
    scene.open()
    await turn()
    scene.socket.end(1006)
    await turn()
    scene.chat.close()
    await loop
    expect(seen).toEqual(['connecting', 'open', 'waiting', 'closed'])
  })

  it('are the newest when the loop was busy', async () => {
    const scene = new Scene()
    const statuses = scene.chat.statuses()
    expect(await statuses.next()).toMatchObject({ value: { state: 'connecting' } })
    scene.open()
    scene.socket.end(1006)
    expect(await statuses.next()).toMatchObject({ value: { state: 'waiting' } })
    await statuses.return()
  })

  it('of a closed connection are one', async () => {
    const scene = new Scene()
    scene.chat.close()
    const statuses = scene.chat.statuses()
    expect(await statuses.next()).toMatchObject({ value: { state: 'closed' } })
    expect(await statuses.next()).toMatchObject({ done: true })
  })
})

describe('a client without a network', () => {
  it('does not try again and again, and does at once when the network is back', () => {
    const scene = new Scene()
    scene.isOffline = true
    const delays: (number | undefined)[] = []
    for (let retry = 0; retry < 3; retry++) {
      scene.socket.end(1006)
      delays.push(scene.clock.nextInMs)
      scene.retry()
    }
    expect(delays).toEqual([30_000, 30_000, 30_000])
    scene.socket.end(1006)
    scene.isOffline = false
    scene.wake()
    expect(scene.chat.status.state).toBe('connecting')
    expect(scene.transport.maxAlive).toBe(1)
  })
})
