import type { Limits } from '@wirepact/runtime'
import { FakeClock, MemoryNetwork } from '@wirepact/runtime/testing'
import { afterEach, expect, test, vi } from 'vitest'
import WebSocket from 'ws'
import { createClient } from './api/generated/client.js'
import { createServer, type LabHandlers } from './api/generated/server.js'
import { labHandlers } from './lab.js'

const started: { close(): unknown }[] = []

afterEach(async () => {
  for (const one of started.splice(0).reverse()) await one.close()
})

/** A server and a client in one process, on time that stands still. */
function start(replaced: Partial<LabHandlers> = {}, limits: Partial<Limits> = {}) {
  const clock = new FakeClock()
  const environment = { clock }
  const server = createServer(
    { lab: labHandlers(replaced), plain: { ping: () => 'pong' } },
    { environment, limits, validateOutput: 'always' },
  )
  const network = new MemoryNetwork(server)
  const client = createClient('ws://test', { WebSocket: network.WebSocket, environment })
  started.push({ close: () => Promise.all([server.close(), clock.advance(20_000)]) }, client)
  return { clock, server, network, client }
}

const args = { params: { roomId: 'lobby' }, query: { name: 'ada' } }

test('a typed client talks to a server that listens nowhere', async () => {
  const { clock, client } = start()
  const lab = client.lab(args)
  const answer = lab.add({ a: 1, b: 2 })
  await clock.settle()
  expect(await answer).toEqual({ sum: 3 })
  const refused = lab.add.safe({ a: 100, b: 2 })
  await clock.settle()
  expect(await refused).toMatchObject({ ok: false, error: { code: 'TOO_LARGE', data: { max: 100 } } })
})

test('a client whose connection is cut comes back and misses nothing', async () => {
  const { clock, server, network, client } = start()
  const lab = client.lab(args)
  const heard: string[] = []
  const gaps: unknown[] = []
  lab.channels.room().on('said', ({ text }) => heard.push(text))
  lab.channels.room().onGap((gap) => gaps.push(gap))
  await clock.settle()
  const room = server.routes.lab.channels.room({ roomId: 'lobby' })
  await room.publish('said', { text: 'before' })
  await clock.settle()
  network.cut()
  await room.publish('said', { text: 'meanwhile' })
  await clock.advance(1_000)
  await room.publish('said', { text: 'after' })
  await clock.settle()
  expect(heard).toEqual(['before', 'meanwhile', 'after'])
  expect(gaps).toEqual([])
})

test('nobody gets through while the network is down, and everybody does when it is back', async () => {
  const { clock, network, client } = start()
  network.offline = true
  const lab = client.lab(args)
  await clock.advance(60_000)
  expect(lab.status.state).toBe('waiting')
  expect(network.connections).toBe(0)
  network.offline = false
  await clock.advance(60_000)
  expect(lab.status.state).toBe('open')
})

test('ten minutes pass in no time, and pings keep the connection', async () => {
  const { clock, server, client } = start()
  const lab = client.lab(args)
  const states: string[] = []
  lab.onStatus(({ state }) => states.push(state))
  await clock.advance(600_000)
  expect(states).toEqual(['open'])
  expect(server.connections).toBe(1)
})

/** Says hello over a socket of any kind, and a word of so many bytes; tells how both ends have seen the end. */
async function endOf(network: 'memory' | 'real', wordBytes: number) {
  const seen: unknown[] = []
  const said = (word: string) => seen.push(word.length)
  const handlers = labHandlers({
    say: (_ctx, { text }) => void said(text),
    disconnect: (_ctx, { code, reason, wasClean }) => void seen.push({ code, reason, wasClean }),
  })
  const server = createServer(
    { lab: handlers, plain: { ping: () => 'pong' } },
    { limits: { maxPayloadBytes: 100 } },
  )
  started.push({ close: () => server.close({ timeoutMs: 200 }) })
  const { port } = await server.listen({ host: '127.0.0.1' })
  const url = `ws://127.0.0.1:${port}/lab/lobby?name=ada`
  const socket = network === 'real' ? new WebSocket(url) : new new MemoryNetwork(server).WebSocket(url)
  const word = (bytes: number) => {
    const frame = (text: string) => JSON.stringify(['event', 'say', { text }])
    return frame('\u00e9'.repeat((bytes - frame('').length) / 2))
  }
  socket.onopen = () => {
    socket.send('["hello",{}]')
    socket.send(word(wordBytes))
    socket.send(word(50))
    if (wordBytes <= 100) socket.close(1000)
  }
  const end = await new Promise<{ code: number; wasClean: boolean }>((resolve) => {
    socket.onclose = resolve
  })
  await vi.waitFor(() => expect(seen.at(-1)).toBeTypeOf('object'))
  return [end.code, end.wasClean, ...seen]
}

test('a message that is too large ends a connection as it does over a real network', async () => {
  for (const bytes of [100, 102]) {
    const seen = await endOf('memory', bytes)
    expect(seen).toEqual(await endOf('real', bytes))
    expect(seen[0]).toBe(bytes > 100 ? 1009 : 1000)
  }
})

test('a client says nothing that is too large, and hears all that it is told', async () => {
  const { clock, server, client } = start({}, { maxPayloadBytes: 110 })
  const lab = client.lab(args)
  const heard: number[] = []
  lab.channels.room().on('said', ({ text }) => heard.push(text.length))
  await clock.settle()
  expect(lab.say({ text: 'x'.repeat(100) })).toMatchObject({
    outcome: 'refused',
    error: { code: 'TOO_BIG' },
  })
  await server.routes.lab.channels.room({ roomId: 'lobby' }).publish('said', { text: 'x'.repeat(100) })
  await clock.settle()
  expect([heard, lab.status.state]).toEqual([[100], 'open'])
})

test('a refusal before the upgrade is seen by the client', async () => {
  const { client } = start()
  const lab = client.lab({ ...args, params: { roomId: 'NO' } })
  const refused = {
    state: 'waiting',
    cause: { code: 1006, error: { message: expect.stringMatching('INVALID_PARAMS') } },
  }
  await vi.waitFor(() => expect(lab.status).toMatchObject(refused))
})

test('nothing but a server can be connected to', () => {
  expect(() => new MemoryNetwork({})).toThrow(TypeError)
})
