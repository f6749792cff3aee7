import { type ChannelDefinition, createApiServer } from '@wirepact/runtime'
import { afterEach, describe, expect, test } from 'vitest'
import { administer, json, stopAdmins } from '../operations/admin-lab.js'
import { RawClient } from '../support/raw-client.js'
import { anything, type BenchContext, type BenchHandlers, startBench, stopBenches } from './support/bench.js'

afterEach(stopAdmins)
afterEach(stopBenches)

const message = { data: anything, history: true }
const any: ChannelDefinition = { name: '{kind}/{key}', join: 'open', messages: { line: message } }
const vault: ChannelDefinition = {
  name: 'vault/{key}',
  join: 'guarded',
  messages: { secret: message },
  history: { maxMessages: 10 },
}
const door: ChannelDefinition = {
  name: 'vault/door',
  join: 'open',
  auth: ['door'],
  messages: { line: message },
}
const guarding = (isAllowed: boolean) => ({ authorize: { vault: () => isAllowed } })

/** What the server answers to a subscription. */
async function subscribe(client: RawClient, id: number, name: string): Promise<unknown> {
  client.send(['subscribe', id, name, {}])
  return Promise.race([client.next('joined', id), client.next('error', id)])
}

/** The same channels in each order in which they may stand in a schema. */
const orders: readonly (readonly [string, Readonly<Record<string, ChannelDefinition>>])[] = [
  ['the open one first', { any, vault, door }],
  ['the guarded one first', { door, vault, any }],
]

describe.each(orders)('of channels that fit the same name, %s,', (_order, channels) => {
  test('the guarded one keeps out whom its guard does', async () => {
    const { server, url } = await startBench({ channels }, guarding(false))
    const client = await RawClient.open(url)
    expect(await subscribe(client, 1, 'vault/1')).toMatchObject({ 2: { code: 'FORBIDDEN' } })
    await server.routes.bench?.channels.vault?.({ key: '1' }).publish('secret', 'the secret')
    await subscribe(client, 2, 'attic/1')
    await server.routes.bench?.channels.any?.({ kind: 'attic', key: '1' }).publish('line', 'no secret')
    expect(await client.next('publication')).toEqual(['publication', 'attic/1', 'line', 'no secret', null])
    expect(client.all('publication')).toHaveLength(1)
  })

  test('the one without parameters asks for its own scope', async () => {
    const { url } = await startBench({ channels }, guarding(true))
    const client = await RawClient.open(url)
    expect(await subscribe(client, 1, 'vault/door')).toMatchObject({ 2: { code: 'UNAUTHENTICATED' } })
  })

  test('the guarded one says what is kept, and who may read it', async () => {
    const { server, url } = await startBench({ channels }, guarding(true))
    await server.routes.bench?.channels.vault?.({ key: '1' }).publish('secret', 'the secret')
    const [member, other] = [await RawClient.open(url), await RawClient.open(url)]
    expect(await subscribe(member, 1, 'vault/1')).toMatchObject({ 3: { position: [expect.any(String), 1] } })
    member.send(['history', 2, 'vault/1', { limit: 1 }])
    expect(await member.next('reply', 2)).toMatchObject({
      2: { publications: [[1, 'secret', 'the secret', expect.any(Number)]] },
    })
    other.send(['history', 1, 'vault/1', { limit: 1 }])
    expect(await other.next('error', 1)).toMatchObject({ 2: { code: 'NOT_A_MEMBER' } })
    other.send(['unsubscribe', 2, 'attic/1'])
    expect(await other.next('left', 2)).toMatchObject({ 2: 'attic/1' })
  })

  test('handlers reach a name by way of the channel that it belongs to alone', async () => {
    const join = (ctx: BenchContext, data: { kind: string; key: string }) =>
      ctx.channels.any?.(data).join().then(String)
    const request = { kind: 'request', input: anything, output: anything, errors: {} } as const
    const handlers: BenchHandlers = { ...guarding(true), join }
    const { server, url } = await startBench({ channels, receives: { join: request } }, handlers)
    const client = await RawClient.open(url)
    expect(await client.ask(1, 'join', { kind: 'vault', key: '1' })).toMatchObject({
      code: 'UNKNOWN_CHANNEL',
    })
    expect(await client.ask(2, 'join', { kind: 'vault', key: 'door' })).toMatchObject({
      code: 'UNKNOWN_CHANNEL',
    })
    expect(await client.ask(3, 'join', { kind: 'attic', key: '1' })).toBe('true')
    const { any, vault } = server.routes.bench?.channels ?? {}
    const said = 'vault/door is a channel of vault/door, which is more specific than vault/{key} of vault.'
    expect(() => vault?.({ key: 'door' })).toThrow(said)
    expect(() => any?.({ kind: 'vault', key: '1' })).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_CHANNEL' }),
    )
    expect(any?.({ kind: 'vaults', key: '1' })).toMatchObject({ name: 'vaults/1' })
  })

  test('operators see and publish to the channel that the name belongs to', async () => {
    const { server } = await startBench({ channels }, guarding(true))
    const { call } = await administer(server)
    expect(await (await call('channels/vault%2F1')).json()).toMatchObject({
      template: 'vault/{key}',
      messages: ['secret'],
      hasHistory: true,
    })
    expect((await call('channels/vault%2F1/publications', json({ message: 'line', data: 1 }))).status).toBe(
      422,
    )
    expect((await call('channels/vault%2F1/publications', json({ message: 'secret', data: 1 }))).status).toBe(
      201,
    )
    expect(await (await call('channels/vault%2F1/history')).json()).toMatchObject({
      publications: [{ name: 'secret' }],
    })
  })
})

test('operators see the most specific channel of all routes, whichever stands first', async () => {
  const route = (name: string, channels: Readonly<Record<string, ChannelDefinition>>) => ({
    name,
    path: `/${name}`,
    receives: {},
    sends: {},
    channels,
  })
  const api = {
    title: 'T',
    version: '1',
    contract: '0',
    routes: [route('a', { any }), route('b', { vault })],
  }
  const server = createApiServer<Record<string, object>>(api, { a: {}, b: {} })
  const { call } = await administer(server)
  expect(await (await call('channels/vault%2F1')).json()).toMatchObject({ template: 'vault/{key}' })
  await server.close()
})
