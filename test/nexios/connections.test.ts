import type { Disconnect } from '@wirepact/runtime'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { RawClient } from '../support/raw-client.js'
import { stopAll } from '../support/running.js'
import type { RoomContext, RoomHandlers } from './api/generated/server.js'
import { enter, keepContexts, start } from './support/start.js'

afterEach(stopAll)

const lobby = '/rooms/lobby?name=ada'

test('[nexios 10] a connection is connecting, open, closing and closed, and says so before anything is sent', async () => {
  const seen: string[] = []
  let context: RoomContext | undefined
  const { raw } = await start({
    room: {
      connect(ctx) {
        context = ctx
        seen.push(ctx.status)
      },
      run(ctx, { what }) {
        seen.push(ctx.status)
        if (what === 'close') ctx.close()
        seen.push(ctx.status)
        ctx.client.notice({ text: 'too late' })
        return null
      },
      disconnect: (ctx) => void seen.push(ctx.status),
    },
  })
  const client = await raw(lobby)
  client.send(['request', 1, 'run', { what: 'close' }])
  await client.ended
  await vi.waitFor(() => expect(seen).toEqual(['connecting', 'open', 'closing', 'closed']))
  // What is sent afterwards goes nowhere, and harms nobody.
  context?.client.notice({ text: 'much too late' })
  await expect(context?.client.confirm({ text: 'there?' })).rejects.toMatchObject({
    code: 'CONNECTION_CLOSED',
  })
  expect(client.all('event')).toEqual([])
})

test('[nexios 10] a client that is closed answers with a typed error', async () => {
  const { url } = await start()
  const { room } = enter(url, 'ada')
  await room.ready()
  expect(room.status.state).toBe('open')
  room.close()
  expect(room.status.state).toBe('closed')
  expect(room.say({ text: 'late' })).toMatchObject({
    outcome: 'refused',
    error: { code: 'CONNECTION_CLOSED' },
  })
  expect(await room.ask.safe({ text: 'late' })).toMatchObject({ error: { code: 'CONNECTION_CLOSED' } })
})

test('[nexios 11] a handler knows where a connection comes from and what it asked for', async () => {
  const { contexts, connect } = keepContexts()
  const { raw, url } = await start({ room: { connect } })
  const headers = {
    cookie: 'theme=dark',
    'x-app': 'seven',
    'user-agent': 'a robot',
    'x-forwarded-for': '9.9.9.9',
  }
  const { socket } = await raw('/rooms/lobby?name=ada&age=36', { headers, origin: url.replace('ws', 'http') })
  const [ctx] = contexts as [RoomContext]
  expect([ctx.params, ctx.query, ctx.headers['x-app'], ctx.cookies.theme]).toEqual([
    { roomId: 'lobby' },
    { name: 'ada', age: 36 },
    'seven',
    'dark',
  ])
  const local = (socket as unknown as { _socket: { localPort: number } })._socket.localPort
  expect(ctx.request).toMatchObject({
    url: '/rooms/lobby?name=ada&age=36',
    path: '/rooms/lobby',
    origin: url.replace('ws', 'http'),
    userAgent: 'a robot',
    remote: { address: '127.0.0.1', port: local },
    port: Number(new URL(url).port),
  })
})

test('[nexios 11] a proxy is believed when it is trusted, and nobody else is', async () => {
  const { contexts, connect } = keepContexts()
  const headers = { 'x-forwarded-for': '6.6.6.6, 9.9.9.9' }
  const { raw } = await start({ room: { connect }, options: { trustProxy: 1 } })
  await raw(lobby, { headers })
  const plain = await start({ room: { connect } })
  await plain.raw(lobby, { headers })
  expect(contexts.map((ctx) => ctx.request.remote.address)).toEqual(['9.9.9.9', '127.0.0.1'])
})

test('[nexios 12] the application has a state that every handler sees', async () => {
  const run = (ctx: RoomContext) => Object.assign(ctx.app, { runs: Number(Object(ctx.app).runs ?? 0) + 1 })
  const { raw } = await start({ room: { run }, options: { state: {} } })
  const [ada, bob] = [await raw(lobby), await raw(lobby)]
  expect(await ada.ask(1, 'run', { what: '' })).toEqual({ runs: 1 })
  expect(await bob.ask(1, 'run', { what: '' })).toEqual({ runs: 2 })
})

test('[nexios 12] each connection has a state of its own, and handlers share what they close over', async () => {
  let total = 0
  const { connect } = keepContexts()
  const run = (ctx: RoomContext) => {
    ctx.state.said += 1
    total += 1
    return [ctx.state.said, total]
  }
  const { raw } = await start({ room: { connect, run } })
  const [ada, bob] = [await raw(lobby), await raw(lobby)]
  expect(await ada.ask(1, 'run', { what: '' })).toEqual([1, 1])
  expect(await bob.ask(1, 'run', { what: '' })).toEqual([1, 2])
  expect(await ada.ask(2, 'run', { what: '' })).toEqual([2, 3])
})

describe('[nexios 14] a disconnect', () => {
  async function ends(how: (client: RawClient) => unknown, connect?: RoomHandlers['connect']) {
    const seen: Disconnect[] = []
    const { raw, server } = await start({
      room: { ...(connect && { connect }), disconnect: (_ctx, end) => void seen.push(end) },
    })
    const client = await raw(lobby)
    await how(client)
    await vi.waitFor(() => expect(server.connections).toBe(0))
    await new Promise((resolve) => setTimeout(resolve, 20))
    const members = await server.routes.room.channels.room({ roomId: 'lobby' }).members()
    return { seen, members }
  }

  test('tells the code, the reason and whether it was clean, once', async () => {
    const { seen, members } = await ends((client) => client.close(4001, 'bye'))
    expect([seen, members]).toEqual([[{ code: 4001, reason: 'bye', wasClean: true }], []])
  })

  test('comes once for a connection that broke, too', async () => {
    const { seen, members } = await ends((client) => client.terminate())
    expect([seen, members]).toEqual([[{ code: 1006, reason: '', wasClean: false }], []])
  })

  test('undoes what was joined, also when connect has thrown', async () => {
    const { seen, members } = await ends(
      (client) => client.ended,
      async (ctx) => {
        await ctx.channels.room().join({ presence: { name: 'ada' } })
        throw new Error('after the join')
      },
    )
    expect(members).toEqual([])
    expect(seen).toMatchObject([{ code: 1011 }])
  })
})

test('[nexios 15] an error in a handler is logged, answered, and nobody else notices', async () => {
  const run = () => {
    throw new Error('the secret of the request')
  }
  const { raw, url, logged } = await start({ room: { run } })
  const { room: bystander, heard } = enter(url, 'bob')
  await bystander.ready()
  const client = await raw(lobby)
  expect(await client.ask(1, 'run', { what: '' })).toMatchObject({ code: 'INTERNAL' })
  client.send(['event', 'fail', null])
  expect(await client.next('error')).toMatchObject({ 2: { code: 'INTERNAL', name: 'fail' } })
  expect(JSON.stringify(client.frames)).not.toContain('secret')
  expect(logged.map(({ level, details }) => ({ level, ...details }))).toMatchObject([
    { level: 'error', route: 'room', handler: 'run' },
    { level: 'error', route: 'room', handler: 'fail' },
  ])
  client.send(['event', 'say', { text: 'on we go' }])
  await vi.waitFor(() => expect(heard).toEqual(['on we go']))
})

test('[nexios 15] an error in connect closes with 1011, once', async () => {
  const connect = () => Promise.reject(new Error('no database'))
  const { raw, logged } = await start({ room: { connect } })
  const client = await raw(lobby)
  expect(await client.ended).toMatchObject({ code: 1011 })
  expect(client.all('welcome')).toEqual([])
  expect(logged).toHaveLength(1)
})

test('[nexios 16] a connection has an identifier, and what handlers keep about it', async () => {
  const { contexts, connect } = keepContexts()
  const { url } = await start({ room: { connect } })
  const [one, two] = [enter(url, 'ada'), enter(url, 'bob')]
  await Promise.all([one.room.ready(), two.room.ready()])
  const [a, b] = contexts as [RoomContext, RoomContext]
  expect(a.id).not.toBe(b.id)
  a.state.said += 2
  expect([a.state.said, b.state.said]).toEqual([2, 0])
  const ids = [one, two].map(({ room }) => room.status.state === 'open' && room.status.connection)
  expect(new Set(ids)).toEqual(new Set([a.id, b.id]))
  one.cable.cut()
  await vi.waitFor(() => expect(contexts).toHaveLength(3))
  const again = contexts[2] as RoomContext
  // Another connection of the same session.
  const before = contexts.find((ctx) => ctx.query.name === 'ada') as RoomContext
  expect(again.id).not.toBe(before.id)
  expect(again.session).toBe(before.session)
})

test('[nexios 16] traffic in either direction keeps a connection, and silence closes it', async () => {
  const ends: unknown[] = []
  const { connect, contexts } = keepContexts()
  const { url, server } = await start({
    room: { connect, disconnect: (ctx, { code }) => void ends.push([ctx.query.name, code]) },
    options: { limits: { idleTimeoutMs: 1000 } },
  })
  const [talks, listens, silent] = ['talks', 'listens', 'silent'].map((name) =>
    enter(url, name, { reconnect: false }),
  ) as [ReturnType<typeof enter>, ReturnType<typeof enter>, ReturnType<typeof enter>]
  for (const { room } of [talks, listens, silent]) await room.ready()
  const told = contexts.find((ctx) => ctx.query.name === 'listens')
  const busy = setInterval(() => {
    void talks.room.number.safe(1)
    told?.client.notice({ text: 'still here' })
  }, 50)
  await vi.waitFor(() => expect(ends).toEqual([['silent', 4003]]), { timeout: 5000 })
  expect([talks.room.status.state, listens.room.status.state]).toEqual(['open', 'open'])
  clearInterval(busy)
  await vi.waitFor(() => expect(ends).toHaveLength(3), { timeout: 5000 })
  expect(server.connections).toBe(0)
})
