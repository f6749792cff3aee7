import {
  type RouteDefinition as ClientRoute,
  type Connection,
  channels,
  createApiClient,
  type Refreshing,
  refresh,
  type SubscribableChannel,
  subscriptions,
} from '@wirepact/client'
import { type Validator, WirepactError } from '@wirepact/protocol'
import { createApiServer, type Grant, type RouteDefinition } from '@wirepact/runtime'
import { FakeClock, MemoryNetwork } from '@wirepact/runtime/testing'
import { describe, expect, it } from 'vitest'
import { MemoryTransport } from './support/memory-transport.js'
import { openedScene, Scene } from './support/scene.js'
import { turn, VirtualClock } from './support/virtual-clock.js'

const anything: Validator = { check: () => true, explain: () => [] }
const messages = { said: { data: anything, history: false } }

const serverRoute: RouteDefinition = {
  name: 'desk',
  path: '/desk',
  auth: 'required',
  receives: {},
  sends: {},
  channels: { news: { name: 'news', join: 'open', messages, auth: ['read'] } },
}

const clientRoute: ClientRoute = {
  path: '/desk',
  uses: [channels, subscriptions, refresh],
  calls: {},
  channels: { news: { name: 'news', join: 'open' } },
}

type Desk = Connection<object> &
  Refreshing & { readonly channels: { news(): SubscribableChannel<{ said: unknown }> } }

interface ServerContext {
  readonly token: string | undefined
  grant(grant: Grant): void
}

/** A client and a server in one process, where a token is the name of a user and holds for ten minutes. */
function start(auth: () => string | Promise<string>) {
  const clock = new FakeClock()
  const grants: (string | undefined)[] = []
  const grant = (ctx: ServerContext, user = '') => {
    grants.push(user)
    if (user.startsWith('nobody')) throw new WirepactError('UNAUTHENTICATED', 'Nobody knows you.')
    const scopes = user === 'guest' ? [] : ['read']
    ctx.grant({ user, scopes, expiresAt: clock.now() + 600_000 })
  }
  const desk = {
    connect: (ctx: ServerContext) => grant(ctx, ctx.token),
    refresh: (ctx: ServerContext, token: string) => grant(ctx, token),
  }
  const definition = { title: 'Desk', version: '1', contract: 'abc', routes: [serverRoute] }
  const server = createApiServer(definition, { desk }, { environment: { clock } })
  const network = new MemoryNetwork(server)
  const client = createApiClient('abc', 'ws://test', {
    auth,
    WebSocket: network.WebSocket,
    environment: { clock },
  })
  const connection = client.connect<Desk>(clientRoute)
  const states: string[] = []
  connection.onStatus(({ state }) => states.push(state))
  return { clock, grants, network, connection, states }
}

describe('a client on a route that is for some alone', () => {
  it('gives a fresh credential before the grant is over, and stays connected for hours', async () => {
    let asked = 0
    const { clock, grants, connection, states } = start(() => `ada ${++asked}`)
    await clock.advance(3_600_000)
    expect(connection.status.state).toBe('open')
    expect(states).toEqual(['open'])
    expect(grants).toEqual(['ada 1', 'ada 2', 'ada 3', 'ada 4', 'ada 5', 'ada 6', 'ada 7'])
  })

  it('gives one by itself, when the caller says so', async () => {
    let user = 'guest'
    const { clock, grants, connection } = start(() => user)
    await clock.settle()
    user = 'ada'
    const [one, two] = [connection.refresh(), connection.refresh()]
    await clock.settle()
    await Promise.all([one, two])
    expect(grants).toEqual(['guest', 'ada', 'ada'])
  })

  it('is closed for good when the fresh credential is refused, and the caller is told', async () => {
    let user = 'ada'
    const { clock, connection } = start(() => user)
    await clock.settle()
    user = 'nobody'
    const refused = expect(connection.refresh()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    await clock.advance(60_000)
    await refused
    expect(connection.status).toMatchObject({ state: 'closed', cause: { code: 4501 } })
  })

  it('is told of the memberships that it loses, and has them again when it may', async () => {
    let user = 'ada'
    const { clock, connection } = start(() => user)
    const news = connection.channels.news()
    const errors: string[] = []
    connection.onError(({ code }) => errors.push(code))
    void news.subscribe()
    await clock.settle()
    expect(news.status.state).toBe('joined')
    user = 'guest'
    void connection.refresh()
    await clock.settle()
    expect(news.status).toMatchObject({ state: 'refused', error: { code: 'FORBIDDEN' } })
    expect(errors).toEqual(['FORBIDDEN'])
    user = 'ada'
    void connection.refresh().then(() => news.subscribe())
    await clock.settle()
    expect(news.status.state).toBe('joined')
  })

  it('goes on as it was while its own credentials cannot be had, and is asked again', async () => {
    let isDown = false
    const { clock, connection } = start(() => (isDown ? Promise.reject(new Error('offline')) : 'ada'))
    const errors: unknown[] = []
    connection.onError(({ code, cause }) => errors.push([code, (cause as Error).message]))
    await clock.settle()
    isDown = true
    await clock.advance(560_000)
    expect(errors).toEqual([['INTERNAL', 'offline']])
    isDown = false
    await clock.advance(600_000)
    expect(connection.status.state).toBe('open')
  })
})

describe('a credential that comes when its connection is gone', () => {
  it('is not sent on the next one, which brings a newer one: the caller is told when that is open', async () => {
    const given: ((token: string) => void)[] = []
    const { clock, grants, network, connection } = start(
      () => new Promise<string>((resolve) => given.push(resolve)),
    )
    const answer = async (token: string) => {
      await clock.settle()
      given.shift()?.(token)
      await clock.settle()
    }
    await answer('ada 1')
    const refreshed = connection.refresh()
    await clock.settle()
    network.cut()
    await clock.settle()
    await answer('ada 2')
    await clock.advance(1_000)
    await answer('ada 3')
    await refreshed
    expect(grants).toEqual(['ada 1', 'ada 3'])
  })
})

describe('a refresh for which there is no connection', () => {
  it('is waited for as long as for an answer, ten seconds by default', async () => {
    const { WebSocket } = new MemoryTransport()
    const clock = new VirtualClock()
    const client = createApiClient('abc', 'ws://test', { WebSocket, environment: { clock } })
    const connection = client.connect<Desk>(clientRoute)
    const codes: string[] = []
    connection.refresh().catch(({ code }) => codes.push(code))
    await turn()
    clock.advance(9_999)
    await turn()
    expect(codes).toEqual([])
    clock.advance(1)
    await turn()
    expect(codes).toEqual(['TIMEOUT'])
  })
})

describe('a credential that does not come', () => {
  it('is a failed attempt after its time, and is asked for anew', async () => {
    const answers: (string | Promise<string>)[] = [new Promise(() => undefined), 'token']
    const scene = new Scene({ auth: () => answers.shift(), authTimeoutMs: 5_000 })
    await turn()
    scene.clock.advance(4_999)
    await turn()
    expect(scene.chat.status.state).toBe('connecting')
    scene.clock.advance(1)
    await turn()
    expect(scene.chat.status).toMatchObject({ state: 'waiting', cause: { error: { code: 'TIMEOUT' } } })
    scene.retry()
    await turn()
    scene.open()
    expect(scene.socket.of('hello')[0]?.[1].token).toBe('token')
  })

  it('is waited for without end where the options say so', async () => {
    const scene = new Scene({ auth: () => new Promise(() => undefined), authTimeoutMs: 0 })
    await turn()
    expect(scene.clock.running).toBe(0)
    expect(scene.chat.status.state).toBe('connecting')
  })

  it('leaves no timer behind when it came', async () => {
    const scene = new Scene({ auth: () => 'token' })
    await turn()
    scene.open({ pingIntervalMs: 0 })
    expect(scene.clock.running).toBe(0)
  })
})

describe('a session that was revoked', () => {
  it('is not presented again when the caller connects once more', () => {
    const { chat, socket, open } = openedScene()
    socket().end(4502)
    expect(chat.status).toMatchObject({ state: 'closed', cause: { error: { code: 'REVOKED' } } })
    chat.connect()
    open({ session: 's2' })
    expect(socket().of('hello')[0]?.[1].session).toBeUndefined()
  })
})
