import { TestWorld } from '@wirepact/runtime/testing'
import { afterEach, expect, test } from 'vitest'
import { createClient } from '../runtime/api/generated/client.js'
import { createServer, type LabHandlers } from '../runtime/api/generated/server.js'
import { deferred, labHandlers } from '../runtime/lab.js'

const worlds: { close(): Promise<void> }[] = []

afterEach(() => Promise.all(worlds.splice(0).map((world) => world.close())))

function startWorld(replaced: Partial<LabHandlers> = {}) {
  const handlers = { lab: labHandlers(replaced), plain: { ping: () => 'pong' as const } }
  const world = new TestWorld((options) => createServer(handlers, { ...options, validateOutput: 'always' }))
  worlds.push(world)
  return world
}

const args = { params: { roomId: 'lobby' }, query: { name: 'ada' } }

test('[nexios 33] a typed client of the generated code talks to the server in two lines', async () => {
  const world = startWorld()
  const lab = world.client(createClient).lab(args)
  expect(await world.answer(lab.add({ a: 1, b: 2 }))).toEqual({ sum: 3 })
  const refused = await world.answer(lab.add.safe({ a: 100, b: 1 }))
  expect(refused).toMatchObject({ ok: false, error: { code: 'TOO_LARGE', data: { max: 100 } } })
})

test('waits for what comes about, also when that takes time, and says what was wrong when it does not', async () => {
  const world = startWorld()
  const lab = world.client(createClient).lab(args)
  const heard: string[] = []
  lab.channels.room().on('said', ({ text }) => heard.push(text))
  await world.waitFor(() => lab.status.state === 'open')
  lab.say({ text: 'hi' })
  await world.waitFor(() => expect(heard).toEqual(['hi']))
  await expect(world.waitFor(() => expect(heard).toEqual(['ho']), { withinMs: 50 })).rejects.toThrow("'ho'")
  await expect(world.waitFor(() => heard.length > 1, { withinMs: 50 })).rejects.toThrow('within 50 ms')
})

test('waits for a handler that does something real', async () => {
  const run = async () => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    return 'done'
  }
  const world = startWorld({ run })
  const lab = world.client(createClient).lab(args)
  expect(await world.answer(lab.run({ what: 'work' }))).toBe('done')
})

test('a connection that is kicked comes back and misses nothing, or stays away when the code says so', async () => {
  const world = startWorld()
  const lab = world.client(createClient).lab(args)
  const heard: string[] = []
  lab.channels.room().on('said', ({ text }) => heard.push(text))
  await world.waitFor(() => lab.status.state === 'open')
  world.kick()
  await world.settle()
  expect(lab.status).toMatchObject({ state: 'waiting', cause: { code: 1001 } })
  await world.server.routes.lab.channels.room({ roomId: 'lobby' }).publish('said', { text: 'meanwhile' })
  await world.waitFor(() => expect(heard).toEqual(['meanwhile']))
  world.kick({ connection: 'of nobody', code: 4999 })
  await world.settle()
  expect(lab.status.state).toBe('open')
  world.kick({ code: 4999, reason: 'enough' })
  await world.advance(60_000)
  expect(lab.status).toMatchObject({ state: 'closed', cause: { code: 4999, reason: 'enough' } })
  expect(() => world.kick({ code: 1006 })).toThrow('1006')
})

test('minutes pass in no time', async () => {
  const world = startWorld()
  const lab = world.client(createClient).lab(args)
  await world.advance(600_000)
  expect(lab.status.state).toBe('open')
  expect(world.network.connections).toBe(1)
})

test('what was said before a goodbye is heard, also while the connect handler still runs', async () => {
  const order: string[] = []
  const go = deferred()
  const world = startWorld({
    connect: () => go.promise,
    say: (_ctx, { text }) => void order.push(text),
    disconnect: (_ctx, { code }) => void order.push(`closed ${code}`),
  })
  const socket = new world.network.WebSocket('ws://test/lab/lobby?name=ada')
  await world.settle()
  socket.send('["hello",{}]')
  socket.send('["event","say",{"text":"hi"}]')
  await world.settle()
  socket.close(1000)
  await world.settle()
  expect(order).toEqual([])
  go.resolve()
  await world.settle()
  expect(order).toEqual(['hi', 'closed 1000'])
})
