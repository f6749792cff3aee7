import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sqliteEngine } from '@wirepact/runtime/sqlite'
import { TestWorld } from '@wirepact/runtime/testing'
import { afterEach, describe, expect, test, vi } from 'vitest'
import WebSocket from 'ws'
import { createClient as createChatClient } from '../../examples/chat/generated/client.js'
import { waitForOutput } from '../e2e/wait-for-output.js'
import { refused } from '../support/refused.js'
import { noted, stopAll } from '../support/running.js'
import { createClient } from './api/generated/client.js'
import { createRows, enter, start } from './support/start.js'

const children: { kill(signal: 'SIGKILL'): unknown }[] = []
const folders: string[] = []

afterEach(async () => {
  await stopAll()
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wirepact-rows-'))
  folders.push(folder)
  return folder
}

const lobby = { roomId: 'lobby' }

describe('[nexios 22] all connections', () => {
  test('are closed with a code that is checked, and the server serves on', async () => {
    const { url, server } = await start()
    const people = ['ada', 'bob', 'cleo'].map((name) => enter(url, name, { reconnect: false }))
    for (const { room } of people) await room.ready()
    await expect(server.closeAll(1005)).rejects.toMatchObject({ code: 'INVALID_CLOSE' })
    expect(server.connections).toBe(3)
    await server.closeAll(4600, 'begin anew', { overMs: 60 })
    expect(server.connections).toBe(0)
    expect(people.map(({ room: { status } }) => status.state === 'closed' && status.cause.code)).toEqual([
      4600, 4600, 4600,
    ])
    await enter(url, 'late').room.ready()
  })

  test('are closed by a graceful shutdown, and leave nobody behind in the store', async () => {
    const file = join(await makeFolder(), 'rows.db')
    const { url, server } = await start({ options: { engine: sqliteEngine(file) } })
    const witness = sqliteEngine(file)
    await witness.open('witness', { publication: () => undefined, presence: () => undefined })
    const people = ['ada', 'bob'].map((name) => enter(url, name))
    for (const { room } of people) await room.ready()
    expect(await witness.members('room/lobby')).toHaveLength(2)
    await server.close()
    expect(server.connections).toBe(0)
    expect(await witness.members('room/lobby')).toEqual([])
    await witness.close()
    for (const { room } of people) await vi.waitFor(() => expect(room.status.state).toBe('waiting'))
  })
})

describe('[nexios 31] several servers', () => {
  const main = fileURLToPath(new URL('../../examples/chat/dist/main.js', import.meta.url))

  async function startNode(file: string): Promise<string> {
    const env = { ...process.env, PORT: '0', CHAT_DB: file }
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    const [, url = ''] = await waitForOutput(child.stdout, /^(http:\S+)$/m)
    return url
  }

  test('share a room: a member on each hears everybody and sees everybody, in one order', async () => {
    const file = join(await makeFolder(), 'chat.db')
    const [one, two] = [await startNode(file), await startNode(file)]
    const open = (url: string, name: string) => {
      const chat = noted(createChatClient(url)).chat({ params: lobby, query: { name } })
      const heard: string[] = []
      chat.channels.room().on('said', ({ text }) => heard.push(text))
      const here = () =>
        chat.channels
          .room()
          .presence.members.map(({ data }) => data.name)
          .sort()
      return { chat, heard, here }
    }
    const [ada, bob] = [open(one, 'ada'), open(two, 'bob')]
    await Promise.all([ada.chat.ready(), bob.chat.ready()])
    for (let number = 0; number < 20; number++) {
      await (number % 2 === 0 ? ada : bob).chat.say({ text: String(number) })
    }
    const all = Array.from({ length: 20 }, (_, number) => String(number))
    await vi.waitFor(() => expect([ada.heard, bob.heard]).toEqual([all, all]), { timeout: 5000 })
    await vi.waitFor(() =>
      expect([ada.here(), bob.here()]).toEqual([
        ['ada', 'bob'],
        ['ada', 'bob'],
      ]),
    )
    // Any node knows what was said.
    const cleo = open(two, 'cleo')
    await vi.waitFor(() => expect(cleo.heard).toEqual(all))
  })

  test('need no sticky sessions: a client whose node dies goes on at another, and misses nothing', async () => {
    const file = join(await makeFolder(), 'chat.db')
    const [one, two] = [await startNode(file), await startNode(file)]
    const [from, to] = [new URL(one).host, new URL(two).host]
    let isMoved = false
    /** What a load balancer does. */
    class Balanced extends WebSocket {
      constructor(url: string, protocols?: string[], options?: object) {
        super(isMoved ? url.replace(from, to) : url, protocols, options)
      }
    }
    const client = noted(createChatClient(one, { WebSocket: Balanced, reconnect: { minDelayMs: 20 } }))
    const ada = client.chat({ params: lobby, query: { name: 'ada' } })
    const heard: string[] = []
    const gaps = vi.fn()
    ada.channels.room().on('said', ({ text }) => heard.push(text))
    ada.channels.room().onGap(gaps)
    await ada.say({ text: 'on the first' })
    const bob = noted(createChatClient(two)).chat({ params: lobby, query: { name: 'bob' } })
    await bob.ready()
    isMoved = true
    children[0]?.kill('SIGKILL')
    await bob.say({ text: 'while ada was nowhere' })
    await vi.waitFor(() => expect(heard).toHaveLength(2), { timeout: 5000 })
    await ada.say({ text: 'on the second' })
    await vi.waitFor(() => expect(heard).toEqual(['on the first', 'while ada was nowhere', 'on the second']))
    expect(gaps).not.toHaveBeenCalled()
  })
})

describe('[nexios 32] a graceful shutdown', () => {
  test('lets a handler finish, lets nobody in, and tells each client when to come back', async () => {
    let finish: () => void = () => undefined
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    const { url, server } = await start({ room: { ask: async (_ctx, input) => finished.then(() => input) } })
    const { room } = enter(url, 'ada')
    await room.ready()
    const answer = room.ask({ text: 'in time' })
    await vi.waitFor(() => expect(server.counters.received).toBeGreaterThan(1))
    const closed = server.close({ drainMs: 200, retryAfterMs: [60_000, 70_000] })
    expect(await refused(`${url}/rooms/lobby?name=bob`)).toMatchObject({
      status: 503,
      body: { code: 'SERVER_CLOSING' },
    })
    finish()
    expect(await answer).toEqual({ text: 'in time' })
    await closed
    expect(room.status).toMatchObject({ state: 'waiting', cause: { code: 1012 } })
    if (room.status.state === 'waiting') expect(room.status.until).toBeGreaterThan(Date.now() + 50_000)
  })

  test('ends although a handler never does, and somebody reads nothing', async () => {
    const { url, server } = await start({ room: { ask: () => new Promise(() => undefined) } })
    const [ada, bob] = [enter(url, 'ada', { reconnect: false }), enter(url, 'bob', { reconnect: false })]
    await Promise.all([ada.room.ready(), bob.room.ready()])
    void ada.room.ask.safe({ text: 'never' })
    bob.cable.hold()
    await vi.waitFor(() => expect(server.counters.received).toBeGreaterThan(2))
    await server.close({ timeoutMs: 100 })
    expect(server.connections).toBe(0)
  })
})

test('[nexios 33] a typed client is tested against a server that listens nowhere, on time that stands still', async () => {
  const world = new TestWorld((options) => createRows({ options }))
  const room = world.client(createClient).room({ params: lobby, query: { name: 'ada' } })
  const heard: string[] = []
  room.channels.room().on('said', ({ text }) => heard.push(text))
  expect(await world.answer(room.ask({ text: 'typed' }))).toEqual({ text: 'typed' })
  room.say({ text: 'before' })
  await world.waitFor(() => heard.length === 1)
  world.network.cut()
  await world.server.routes.room.channels.room(lobby).publish('said', { text: 'meanwhile' })
  await world.waitFor(() => heard.length === 2)
  expect(heard).toEqual(['before', 'meanwhile'])
  await world.close()
})

describe('[nexios 35] a client without a connection', () => {
  test('queues what is said, sends it in order when it is back, and is told that it was handled once', async () => {
    const handled: string[] = []
    // Slow enough to be cut off before it is acknowledged.
    const note = async (_ctx: unknown, { text }: { text: string }) => {
      handled.push(text)
      await new Promise((resolve) => setTimeout(resolve, 3))
    }
    const { url } = await start({ room: { note } })
    const { cable, room } = enter(url, 'ada')
    await room.ready()
    cable.pull()
    await vi.waitFor(() => expect(room.status.state).not.toBe('open'))
    for (const text of ['one', 'two', 'three']) expect(room.note({ text }).outcome).toBe('queued')
    const asked = room.ask({ text: 'and an answer' })
    cable.plug()
    expect(await asked).toEqual({ text: 'and an answer' })
    await vi.waitFor(() => expect(handled).toEqual(['one', 'two', 'three']))
    // Cut again and again while notes are under way: each is handled, and none twice.
    const more = Array.from({ length: 50 }, (_, index) => String(index))
    for (const [index, text] of more.entries()) {
      room.note({ text })
      if (index % 10 === 0) cable.cut()
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    await vi.waitFor(() => expect(handled.slice(3)).toEqual(more), { timeout: 5000 })
  })

  test('comes back by itself, tells its state, and misses nothing of its rooms', async () => {
    const { url, server } = await start()
    const { cable, room, heard } = enter(url, 'ada')
    const states: string[] = []
    room.onStatus(({ state }) => states.push(state))
    await room.ready()
    cable.cut()
    await server.routes.room.channels.room(lobby).publish('said', { text: 'meanwhile' })
    await vi.waitFor(() => expect(heard).toEqual(['meanwhile']))
    expect(states).toEqual(['connecting', 'open', 'waiting', 'connecting', 'open'].slice(5 - states.length))
    room.close()
  })

  test('keeps no more than it may, and refuses what is beyond', async () => {
    const { url } = await start()
    const { cable, room } = enter(url, 'ada', { maxUnacknowledged: 2, maxQueuedMessages: 2 })
    await room.ready()
    cable.pull()
    await vi.waitFor(() => expect(room.status.state).not.toBe('open'))
    const outcomes = [1, 2, 3].map((number) => room.note({ text: String(number) }).outcome)
    expect(outcomes).toEqual(['queued', 'queued', 'refused'])
    const plain = [1, 2, 3].map((number) => room.say({ text: String(number) }).outcome)
    expect(plain.at(-1)).toBe('refused')
  })
})
