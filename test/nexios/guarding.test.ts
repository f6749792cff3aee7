import { refuse, WirepactError } from '@wirepact/runtime'
import { createMetrics } from '@wirepact/runtime/metrics'
import { authenticate, rateLimit, ticket } from '@wirepact/runtime/middleware'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { refused } from '../support/refused.js'
import { stopAll } from '../support/running.js'
import type { RoomContext } from './api/generated/server.js'
import { enter, keepContexts, start } from './support/start.js'

afterEach(stopAll)

const lobbyPath = '/rooms/lobby?name=ada'

describe('[nexios 13] middleware', () => {
  test('runs in the order in which it was added, for the server, a router, a route and a message', async () => {
    const { server, raw } = await start()
    const seen: string[] = []
    const note = (name: string) => async (_ctx: unknown, next: () => Promise<unknown>) => {
      seen.push(`${name} in`)
      await next()
      seen.push(`${name} out`)
    }
    server
      .use(note('server'))
      .use(note('router'), { path: '/ws' })
      .use(note('route'), { route: 'wsChat' })
      .use({ message: async (_ctx, { name }, next) => note(name)(undefined, next) }, { route: 'wsChat' })
    const chat = await raw('/ws/chat')
    expect(seen).toEqual(['server in', 'router in', 'route in', 'route out', 'router out', 'server out'])
    seen.length = 0
    expect(await chat.ask(1, 'ping', null)).toBe('chat')
    expect(seen).toEqual(['ping in', 'ping out'])
    seen.length = 0
    await raw(lobbyPath)
    expect(seen).toEqual(['server in', 'server out'])
  })

  test('that does not call next stops, and one that fails lets nobody in', async () => {
    const { server, url } = await start()
    server
      .use(() => undefined, { route: 'wsChat' })
      .use(
        () => {
          throw new Error('no database')
        },
        { route: 'wsExtra' },
      )
    expect(await refused(`${url}/ws/chat`)).toMatchObject({ status: 403 })
    expect(await refused(`${url}/ws/extra`)).toMatchObject({ status: 500 })
  })

  test('refuses with a status before the upgrade, and with a close code after it', async () => {
    const { server, url } = await start()
    server
      .use(() => Promise.reject(refuse({ status: 402, code: 'UNPAID' })), { route: 'wsChat' })
      .use(() => Promise.reject(refuse({ code: 4100, reason: 'unpaid' })), { route: 'wsExtra' })
    expect(await refused(`${url}/ws/chat`)).toMatchObject({ status: 402, body: { code: 'UNPAID' } })
    const client = await RawClient.open(`${url}/ws/extra`)
    expect(await client.ended).toEqual({ code: 4100, reason: 'unpaid' })
  })
})

describe('[nexios 26] a dead connection', () => {
  const limits = { pingIntervalMs: 200, pingTimeoutMs: 600 }

  test('is found by the server, which tells its handlers and its rooms', async () => {
    const ends: number[] = []
    const { url, server } = await start({
      room: { disconnect: (_ctx, { code }) => void ends.push(code) },
      options: { limits },
    })
    const [dead, alive] = [enter(url, 'dead', { reconnect: false }), enter(url, 'alive')]
    await Promise.all([dead.room.ready(), alive.room.ready()])
    dead.cable.hold()
    await vi.waitFor(() => expect(ends).toHaveLength(1), { timeout: 5000 })
    await vi.waitFor(async () => {
      const members = await server.routes.room.channels.room({ roomId: 'lobby' }).members()
      expect(members.map(({ data }) => data.name)).toEqual(['alive'])
    })
  })

  test('is found by the client, which connects again', async () => {
    const { url } = await start({ options: { limits } })
    const { cable, room } = enter(url, 'ada')
    await room.ready()
    const causes: number[] = []
    room.onStatus((status) => status.state === 'waiting' && causes.push(status.cause.code))
    cable.hold()
    await vi.waitFor(() => expect(causes).toEqual([4001]), { timeout: 5000 })
    await room.ready()
  })
})

test('[nexios 27] what does not fit is refused before the handler, with the path of every problem', async () => {
  const ask = vi.fn(() => ({ text: '' }))
  const { raw } = await start({ room: { ask } })
  const client = await raw(lobbyPath)
  for (const input of [{ text: '' }, { text: 7 }, {}, null, []])
    expect(await client.ask(1, 'ask', input)).toMatchObject({ code: 'INVALID_PAYLOAD' })
  expect(await client.ask(1, 'ask', { text: 7 })).toMatchObject({ problems: [{ path: '/text' }] })
  client.send(['request', 2, 'nothing', null])
  expect(await client.next('error', 2)).toMatchObject({ 2: { code: 'UNKNOWN_MESSAGE' } })
  expect(ask).not.toHaveBeenCalled()
})

test('[nexios 27] whoever sends nothing but nonsense is closed in the end', async () => {
  const { raw } = await start({ options: { limits: { maxInvalid: 3, invalidPerSecond: 0 } } })
  const client = await raw(lobbyPath)
  for (let count = 0; count < 4; count++) client.send(['request', count, 'ask', null])
  expect(await client.ended).toMatchObject({ code: 4505 })
})

describe('[nexios 28] too much', () => {
  const limited = (code: unknown) => expect(code).toMatchObject({ code: 'RATE_LIMITED' })

  test('of one message is refused, with the time to wait', async () => {
    const { raw } = await start()
    const client = await raw(lobbyPath)
    for (let count = 0; count < 3; count++) client.send(['event', 'often', null])
    const [, , error] = await client.next('error')
    expect(error).toMatchObject({ code: 'RATE_LIMITED', name: 'often' })
    expect((error as { data: { retryAfterMs: number } }).data.retryAfterMs).toBeGreaterThan(0)
    expect(await client.ask(1, 'ask', { text: 'go on' })).toEqual({ text: 'go on' })
  })

  test('of one connection is refused', async () => {
    const { raw } = await start({ options: { limits: { messagesPerSecond: 0.001, maxMessageBurst: 2 } } })
    const [one, two] = [await raw(lobbyPath), await raw(lobbyPath)]
    for (const id of [1, 2]) await one.ask(id, 'ask', { text: 'a' })
    limited(await one.ask(3, 'ask', { text: 'a' }))
    expect(await two.ask(1, 'ask', { text: 'b' })).toEqual({ text: 'b' })
  })

  test('of one user is refused, on however many connections', async () => {
    const connect = (ctx: RoomContext) => ctx.grant({ user: ctx.query.name })
    const { raw, server } = await start({ room: { connect } })
    server.use(rateLimit({ per: 'user', perSecond: 0.001, burst: 2 }))
    const [one, two, bob] = [await raw(lobbyPath), await raw(lobbyPath), await raw('/rooms/lobby?name=bob')]
    await one.ask(1, 'ask', { text: 'a' })
    await two.ask(1, 'ask', { text: 'a' })
    limited(await one.ask(2, 'ask', { text: 'a' }))
    limited(await two.ask(2, 'ask', { text: 'a' }))
    expect(await bob.ask(1, 'ask', { text: 'b' })).toEqual({ text: 'b' })
  })

  test('of one address is refused, messages and connections', async () => {
    const limits = { addressMessagesPerSecond: 0.001, maxAddressMessageBurst: 1, maxConnectionsPerAddress: 2 }
    const { raw, url } = await start({ options: { limits } })
    const [one, two] = [await raw(lobbyPath), await raw(lobbyPath)]
    await one.ask(1, 'ask', { text: 'a' })
    limited(await two.ask(1, 'ask', { text: 'a' }))
    expect(await refused(url + lobbyPath)).toMatchObject({ status: 429 })
  })
})

describe('[nexios 29] who somebody is', () => {
  const tokens: Readonly<Record<string, { user: string; scopes: string[] }>> = {
    ada: { user: 'ada', scopes: ['admin'] },
    bob: { user: 'bob', scopes: [] },
  }
  const verify = async (token: string) => tokens[token]

  test('is asked before anything else, and a stranger is told so', async () => {
    const { server, client } = await start()
    server.use(authenticate({ from: ticket(), verify }), { route: 'members' })
    const known = client({ auth: () => 'bob' })
    expect(await known.members().ping(undefined)).toBe('pong')
    const stranger = client({ auth: () => 'eve' })
    await expect(stranger.members().ready()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  test('decides about messages and channels, one by one', async () => {
    const connect = async (ctx: RoomContext) => {
      const grant = tokens[ctx.query.name]
      if (grant !== undefined) ctx.grant(grant)
    }
    const { url } = await start({ room: { connect } })
    const [ada, bob, eve] = [enter(url, 'ada'), enter(url, 'bob'), enter(url, 'eve')]
    expect(await ada.room.secret.safe(undefined)).toMatchObject({ ok: true })
    expect(await bob.room.secret.safe(undefined)).toMatchObject({ error: { code: 'FORBIDDEN' } })
    expect(await eve.room.secret.safe(undefined)).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
    const vault = (one: typeof ada, key: string) => one.room.channels.vault({ key }).subscribe()
    await vault(ada, 'open')
    // The guard of the route decides where the scope is enough.
    await expect(vault(ada, 'locked')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(vault(bob, 'open')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(vault(eve, 'open')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  test('is refreshed on the open connection, and a grant that has expired is one no more', async () => {
    const { contexts, connect } = keepContexts()
    const refresh = (ctx: RoomContext, token: string | undefined) => {
      const grant = tokens[token ?? '']
      if (grant === undefined) throw new WirepactError('UNAUTHENTICATED', 'Who is this?')
      ctx.grant(grant)
    }
    const { url } = await start({ room: { connect, refresh } })
    let token = 'bob'
    const { room } = enter(url, 'anybody', { auth: () => token })
    await room.ready()
    contexts[0]?.grant({ user: 'bob', scopes: ['admin'], expiresAt: Date.now() - 1 })
    expect(await room.secret.safe(undefined)).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
    token = 'ada'
    await room.refresh()
    expect(await room.secret.safe(undefined)).toMatchObject({ ok: true })
    expect([contexts.length, contexts[0]?.user]).toEqual([1, 'ada'])
    token = 'eve'
    await expect(room.refresh()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    await vi.waitFor(() => expect(room.status.state).toBe('closed'))
  })
})

describe('[nexios 30] what a server does', () => {
  test('is counted and measured', async () => {
    const metrics = createMetrics()
    const { url, server } = await start({ options: { observers: [metrics.observer] } })
    const { room, heard } = enter(url, 'ada')
    room.say({ text: 'the payload' })
    await vi.waitFor(() => expect(heard).toEqual(['the payload']))
    expect(server.connections).toBe(1)
    expect(server.counters.received).toBeGreaterThan(0)
    const text = await metrics.registry.metrics()
    expect(text).toContain('wirepact_connections{route="room"} 1')
    expect(text).toContain('wirepact_messages_received_total{route="room",message="say"} 1')
    expect(text).not.toContain('the payload')
    expect(await server.health()).toMatchObject({ status: expect.any(String) })
  })

  test('is logged with its context and never with a payload', async () => {
    const { url, logged } = await start()
    const { room } = enter(url, 'ada')
    await room.ready()
    room.say({ text: 'the payload of a good message' })
    room.fail()
    await room.ask.safe({ text: 'x'.repeat(201) })
    await vi.waitFor(() => expect(logged.length).toBeGreaterThan(0))
    expect(logged).toMatchObject([{ level: 'error', details: { route: 'room', handler: 'fail' } }])
    expect(JSON.stringify(logged)).not.toMatch(/payload|xxx/u)
  })
})
