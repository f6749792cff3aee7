import { FakeClock, MemoryNetwork } from '@wirepact/runtime/testing'
import { afterEach, expect, test, vi } from 'vitest'
import { createClient } from './api/generated/client.js'
import { createServer, type LabHandlers } from './api/generated/server.js'
import { labHandlers } from './lab.js'

const started: { close(): unknown }[] = []

afterEach(async () => {
  for (const one of started.splice(0).reverse()) await one.close()
})

/** A server and a client in one process, on time that stands still. */
function start(replaced: Partial<LabHandlers> = {}) {
  const clock = new FakeClock()
  const environment = { clock }
  const server = createServer(
    { lab: labHandlers(replaced), plain: { ping: () => 'pong' } },
    { environment, validateOutput: 'always' },
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
