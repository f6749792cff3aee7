import { afterEach, describe, expect, test, vi } from 'vitest'
import { anything, type BenchContext, startBench, stopBenches } from '../runtime/support/bench.js'
import { RawClient } from '../support/raw-client.js'
import { administer, document, startAdmin, stopAdmins } from './admin-lab.js'

afterEach(stopAdmins)
afterEach(stopBenches)

describe('the admin API', () => {
  test('lists connections by page, by route and by user, and shows one with its channels', async () => {
    const { lab, client } = await startAdmin({
      async connect(ctx) {
        ctx.grant({ user: ctx.query.name })
        await ctx.channels.room().join({ presence: { name: ctx.query.name } })
      },
    })
    for (const name of ['ada', 'bob', 'cyd']) await RawClient.open(lab.url('lobby', `name=${name}`))
    const first = await client.GET('/connections', { params: { query: { limit: 2 } } })
    expect(first.data?.connections.map(({ user }) => user)).toEqual(['ada', 'bob'])
    const after = first.data?.next ?? ''
    const second = await client.GET('/connections', { params: { query: { limit: 2, after } } })
    expect(second.data).toMatchObject({ connections: [{ user: 'cyd', route: 'lab', status: 'open' }] })
    expect(second.data?.next).toBe(undefined)
    const bob = await client.GET('/connections', { params: { query: { user: 'bob' } } })
    expect(bob.data?.connections).toHaveLength(1)
    const plain = await client.GET('/connections', { params: { query: { route: 'plain' } } })
    expect(plain.data?.connections).toEqual([])
    const id = bob.data?.connections[0]?.id ?? ''
    const one = await client.GET('/connections/{id}', { params: { path: { id } } })
    expect(one.data).toMatchObject({ id, path: '/lab/lobby', channels: ['room/lobby'] })
  })

  test('never shows a session or a token', async () => {
    const { lab, call } = await startAdmin()
    const session = 'a-secret-session-of-a-client'
    await RawClient.open(lab.url(), { hello: { token: 'a-secret-token', session } })
    const list = await (await call('connections')).text()
    const { id } = (JSON.parse(list) as { connections: [{ id: string }] }).connections[0]
    expect(list + (await (await call(`connections/${id}`)).text())).not.toContain('secret')
  })

  test('disconnects one connection, with a code and a reason or without', async () => {
    const { lab, client } = await startAdmin()
    const members = [await RawClient.open(lab.url()), await RawClient.open(lab.url())]
    const { data } = await client.GET('/connections')
    const [first = '', second = ''] = data?.connections.map(({ id }) => id) ?? []
    const body = { code: 4321, reason: 'enough' }
    await client.POST('/connections/{id}/disconnect', { params: { path: { id: first } }, body })
    expect(await members[0]?.ended).toEqual({ code: 4321, reason: 'enough' })
    const { response } = await client.POST('/connections/{id}/disconnect', {
      params: { path: { id: second } },
    })
    expect(response.status).toBe(204)
    expect(await members[1]?.ended).toEqual({ code: 1000, reason: '' })
    await vi.waitFor(() => expect(lab.server.connections).toBe(0))
    const gone = await client.GET('/connections/{id}', { params: { path: { id: first } } })
    expect([gone.response.status, gone.error?.code]).toEqual([404, 'CONNECTION_CLOSED'])
  })

  test('lists channels and members by page, with presence where there is some', async () => {
    const { lab, client } = await startAdmin()
    for (const name of ['ada', 'bob', 'cyd']) {
      const member = await RawClient.open(lab.url('lobby', `name=${name}`))
      member.send(['subscribe', 1, 'feed/news', {}])
      await member.next('joined', 1)
    }
    const first = await client.GET('/channels', { params: { query: { limit: 1 } } })
    expect(first.data?.channels).toEqual([{ name: 'room/lobby', template: 'room/{roomId}', connections: 3 }])
    const next = await client.GET('/channels', { params: { query: { after: first.data?.next ?? '' } } })
    expect(next.data).toEqual({ channels: [{ name: 'feed/news', template: 'feed/{topic}', connections: 3 }] })
    for (const [name, data] of [
      ['room/lobby', { name: 'cyd' }],
      ['feed/news', undefined],
    ] as const) {
      const path = { name }
      const page = await client.GET('/channels/{name}/members', { params: { path, query: { limit: 2 } } })
      expect(page.data?.members).toHaveLength(2)
      const query = { after: page.data?.next ?? '' }
      const rest = await client.GET('/channels/{name}/members', { params: { path, query } })
      expect(rest.data?.members).toEqual([{ connection: expect.any(String), ...(data && { data }) }])
    }
  })

  test('lists users where those are the members', async () => {
    const roster = { by: 'user' } as const
    const people = { name: 'people', join: 'handler', messages: {}, presence: anything, roster } as const
    const { server, url } = await startBench(
      { channels: { people } },
      {
        connect: async (ctx: BenchContext) => {
          ctx.grant({ user: String(ctx.request.headers['x-user']) })
          await ctx.channels.people?.().join({ presence: { is: 'here' } })
        },
      },
    )
    const { client } = await administer(server)
    for (const user of ['ada', 'ada', 'bob']) await RawClient.open(url, { headers: { 'x-user': user } })
    const path = { name: 'people' }
    const first = await client.GET('/channels/{name}/members', { params: { path, query: { limit: 1 } } })
    expect(first.data?.members).toEqual([{ user: 'ada', data: { is: 'here' }, connections: 2 }])
    const query = { after: first.data?.next ?? '' }
    const rest = await client.GET('/channels/{name}/members', { params: { path, query } })
    expect(rest.data).toEqual({ members: [{ user: 'bob', data: { is: 'here' }, connections: 1 }] })
  })

  test('publishes what fits the schema, reads the history in both directions, and clears it', async () => {
    const { lab, client } = await startAdmin()
    const member = await RawClient.open(lab.url())
    const path = { name: 'room/lobby' }
    for (const text of ['one', 'two', 'three']) {
      const body = { message: 'said', data: { text }, key: text }
      const { data } = await client.POST('/channels/{name}/publications', { params: { path }, body })
      expect(data).toMatchObject({ repeated: false, position: { offset: expect.any(Number) } })
      await member.next('publication')
    }
    const again = { message: 'said', data: { text: 'three' }, key: 'three' }
    const repeated = await client.POST('/channels/{name}/publications', { params: { path }, body: again })
    expect(repeated.data?.repeated).toBe(true)
    const read = async (query: { limit?: number; before?: number; after?: number }) => {
      const { data } = await client.GET('/channels/{name}/history', { params: { path, query } })
      return [data?.publications.map((one) => one.data), data?.more]
    }
    expect(await read({ limit: 2 })).toEqual([[{ text: 'two' }, { text: 'three' }], true])
    expect(await read({ before: 2 })).toEqual([[{ text: 'one' }], false])
    expect(await read({ after: 1, limit: 1 })).toEqual([[{ text: 'two' }], true])
    await client.DELETE('/channels/{name}/history', { params: { path } })
    expect(await read({})).toEqual([[], false])
    const described = await client.GET('/channels/{name}', { params: { path: { name: 'room/empty' } } })
    expect(described.data).toEqual({
      name: 'room/empty',
      template: 'room/{roomId}',
      connections: 0,
      messages: ['said', 'typing'],
      hasHistory: true,
      hasPresence: true,
    })
  })

  test('refuses what does not fit the schema, and says why', async () => {
    const { client } = await startAdmin()
    const params = { path: { name: 'room/lobby' } }
    const unfit = { message: 'said', data: { text: '' } }
    const { error, response } = await client.POST('/channels/{name}/publications', { params, body: unfit })
    expect([response.status, error]).toMatchObject([
      422,
      { code: 'INVALID_PAYLOAD', problems: [{ path: '/text', keyword: 'minLength' }] },
    ])
    const unknown = await client.POST('/channels/{name}/publications', {
      params,
      body: { message: 'constructor', data: null },
    })
    expect(unknown.error).toMatchObject({ status: 422, code: 'UNKNOWN_MESSAGE' })
    const without = await client.GET('/channels/{name}/history', { params: { path: { name: 'feed/news' } } })
    expect(without.error).toMatchObject({ status: 409, code: 'NO_HISTORY' })
    const nowhere = await client.GET('/channels/{name}', { params: { path: { name: 'nowhere/a' } } })
    expect(nowhere.error).toMatchObject({ status: 404, code: 'UNKNOWN_CHANNEL' })
  })

  test('shows health, counters and its own document', async () => {
    const { lab, client, call } = await startAdmin()
    await RawClient.open(lab.url())
    expect((await client.GET('/health')).data).toMatchObject({ status: 'ok', connections: 1 })
    expect((await client.GET('/counters')).data).toMatchObject({ connections: 1 })
    expect(await (await call('openapi.json')).json()).toEqual(document)
    const closed = lab.server.close()
    expect((await call('health')).status).toBe(503)
    await closed
  })
})
