import type { Limits } from '@wirepact/runtime'
import { rateLimit } from '@wirepact/runtime/middleware'
import { FakeClock, MemoryNetwork } from '@wirepact/runtime/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { refused } from '../support/refused.js'
import { anything, type BenchHandlers, startBench, stopBenches } from './support/bench.js'

afterEach(stopBenches)

const route = {
  receives: {
    say: { kind: 'event', data: anything },
    keep: { kind: 'event', data: anything, delivery: 'acknowledged' },
    echo: { kind: 'request', input: anything, output: anything, errors: {} },
    list: { kind: 'stream', input: anything, item: anything, errors: {} },
  },
} as const

/** A server on a clock that stands still; a client is whom its hello says. */
async function start(limits: Partial<Limits>, handlers: BenchHandlers = {}) {
  const clock = new FakeClock()
  const seen: unknown[] = []
  const bench = await startBench(
    route,
    {
      connect: (ctx) => {
        const { token } = ctx as unknown as { token: string | undefined }
        if (token !== undefined) ctx.grant({ user: token })
      },
      say: (_ctx, data) => void seen.push(data),
      keep: (_ctx, data) => void seen.push(data),
      echo: (_ctx, input) => input,
      list: () => [],
      ...handlers,
    },
    { limits: { pingIntervalMs: 0, ...limits }, environment: { clock }, trustProxy: 1 },
  )
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })
  return { ...bench, clock, seen, from }
}

const tooOften = expect.objectContaining({
  code: 'RATE_LIMITED',
  data: { retryAfterMs: expect.any(Number) },
})

describe('connections of one address', () => {
  test('are refused with 429 when there are as many as there may be, and come in again later', async () => {
    const { url, from } = await start({ maxConnectionsPerAddress: 2 })
    const [first] = [
      await RawClient.open(url, from('203.0.113.1')),
      await RawClient.open(url, from('203.0.113.1')),
    ]
    const refusal = await refused(url, from('203.0.113.1'))
    expect([refusal.status, refusal.body.code]).toEqual([429, 'TOO_MANY_FROM_ADDRESS'])
    await RawClient.open(url, from('203.0.113.2'))
    first?.socket.close()
    await first?.ended
    await expect
      .poll(() =>
        RawClient.open(url, from('203.0.113.1')).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true)
  })

  test('are counted by network where the address is an IPv6 one', async () => {
    const { url, from } = await start({ maxConnectionsPerAddress: 1 })
    await RawClient.open(url, from('2001:db8:1:2::1'))
    expect((await refused(url, from('2001:DB8:1:0002:ffff::9'))).status).toBe(429)
    await RawClient.open(url, from('2001:db8:1:3::1'))
  })

  test('are of the IPv4 address that an IPv6 one stands for, however that is written', async () => {
    const { url, from } = await start({ maxConnectionsPerAddress: 1 })
    await RawClient.open(url, from('203.0.113.9'))
    for (const same of ['::ffff:203.0.113.9', '::FFFF:cb00:7109'])
      expect((await refused(url, from(same))).status).toBe(429)
    await RawClient.open(url, from('::ffff:cb00:710a'))
  })

  test('that are refused for something else leave no seat taken', async () => {
    const { url, server, from } = await start({ maxConnectionsPerAddress: 1, maxConnections: 1 })
    let open = false
    server.use((_ctx, next) => (open ? next() : undefined))
    for (let attempt = 0; attempt < 3; attempt++) expect((await refused(url)).body.code).toBe('REFUSED')
    const headers = { 'sec-websocket-protocol': 'unknown' }
    expect((await refused(url, { headers })).body.code).toBe('SUBPROTOCOL_REFUSED')
    open = true
    expect((await RawClient.open(url, from('203.0.113.1'))).all('welcome')).toHaveLength(1)
  })

  test('give their seats back also where there is no socket', async () => {
    const { server } = await start({ maxConnections: 1 })
    const network = new MemoryNetwork(server)
    for (let time = 0; time < 3; time++) {
      const socket = new network.WebSocket('ws://test/bench')
      await new Promise((resolve) => {
        socket.onopen = resolve
      })
      socket.close()
      await expect.poll(() => server.connections).toBe(0)
    }
  })

  test('count while they are decided on, so that many at once do not slip in', async () => {
    const { url, server } = await start({ maxConnections: 3 })
    server.use(async (_ctx, next) => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      await next()
    })
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => RawClient.open(url)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    expect(server.connections).toBe(3)
  })

  test('that are attempted too often are refused with 429 and when to come back', async () => {
    const { url, clock, from } = await start({ connectsPerSecond: 0.5, maxConnectBurst: 2 })
    for (let attempt = 0; attempt < 2; attempt++) await RawClient.open(url, from('203.0.113.1'))
    const { status, headers, body } = await refused(url, from('203.0.113.1'))
    expect([status, body.code, headers['retry-after']]).toEqual([429, 'RATE_LIMITED', '2'])
    await RawClient.open(url, from('203.0.113.2'))
    await clock.advance(2000)
    await RawClient.open(url, from('203.0.113.1'))
  })
})

describe('messages', () => {
  test('of one connection come no more often than they may, whatever they are', async () => {
    const { url, clock, seen } = await start({ messagesPerSecond: 1, maxMessageBurst: 2 })
    const [client, other] = [await RawClient.open(url), await RawClient.open(url)]
    client.send(['event', 'say', 1])
    expect(await client.ask(1, 'echo', 'a')).toBe('a')
    client.send(['event', 'say', 2])
    expect(await client.next('error', null)).toMatchObject({ 2: tooOften })
    expect(await client.ask(2, 'echo', 'b')).toEqual(tooOften)
    client.send(['stream', 3, 'list', null, 1])
    expect(await client.next('error', 3)).toMatchObject({ 2: tooOften })
    expect(await other.ask(1, 'echo', 'mine')).toBe('mine')
    await clock.advance(1000)
    expect(await client.ask(4, 'echo', 'c')).toBe('c')
    expect(seen).toEqual([1])
  })

  test('that come too often again and again close the connection at last', async () => {
    const { url } = await start({
      messagesPerSecond: 0,
      maxMessageBurst: 1,
      maxInvalid: 3,
      invalidPerSecond: 0,
    })
    const client = await RawClient.open(url)
    for (let id = 0; id < 6; id++) client.send(['request', id, 'echo', id])
    expect(await client.ended).toMatchObject({ code: 4505 })
    expect(client.all('error')).toHaveLength(3)
  })

  test('that are to be acknowledged wait, and none is lost', async () => {
    const { url, clock, seen } = await start({ messagesPerSecond: 1, maxMessageBurst: 1 })
    const client = await RawClient.open(url)
    for (const sequence of [1, 2, 3]) client.send(['event', 'keep', sequence, sequence])
    await client.next('ack', 1)
    for (const sequence of [2, 3]) {
      const acked = async () => {
        await clock.advance(1000)
        return client.all('ack').length
      }
      await expect.poll(acked).toBeGreaterThanOrEqual(sequence)
    }
    expect(seen).toEqual([1, 2, 3])
    expect(client.all('error')).toEqual([])
  })

  test('wait for a middleware that limits them, too, where they are to be acknowledged', async () => {
    const { url, server, clock, seen } = await start({})
    server.use(rateLimit({ per: 'connection', perSecond: 1, burst: 1, clock }))
    const client = await RawClient.open(url)
    for (const sequence of [1, 2]) client.send(['event', 'keep', sequence, sequence])
    await client.next('ack', 1)
    const acked = async () => {
      await clock.advance(1000)
      return client.all('ack').length
    }
    await expect.poll(acked).toBe(2)
    expect([seen, client.all('error')]).toEqual([[1, 2], []])
  })

  test('of one user count together, on whichever connection they come', async () => {
    const { url } = await start({ userMessagesPerSecond: 1, maxUserMessageBurst: 2 })
    const open = (token: string) => RawClient.open(url, { hello: { token } })
    const [first, second, other] = [await open('ada'), await open('ada'), await open('bob')]
    expect(await first.ask(1, 'echo', 1)).toBe(1)
    expect(await second.ask(1, 'echo', 2)).toBe(2)
    expect(await first.ask(2, 'echo', 3)).toEqual(tooOften)
    expect(await other.ask(1, 'echo', 4)).toBe(4)
    const nobody = await RawClient.open(url)
    for (const id of [1, 2, 3]) expect(await nobody.ask(id, 'echo', id)).toBe(id)
  })

  test('of one address count together', async () => {
    const { url, from } = await start({ addressMessagesPerSecond: 1, maxAddressMessageBurst: 1 })
    const open = (address: string) => RawClient.open(url, from(address))
    const [first, second, other] = [
      await open('203.0.113.1'),
      await open('203.0.113.1'),
      await open('203.0.113.2'),
    ]
    expect(await first.ask(1, 'echo', 1)).toBe(1)
    expect(await second.ask(1, 'echo', 2)).toEqual(tooOften)
    expect(await other.ask(1, 'echo', 3)).toBe(3)
  })

  test('of more users than are remembered: the one heard of least recently begins anew', async () => {
    const limits = { userMessagesPerSecond: 0.001, maxUserMessageBurst: 1, maxRateKeys: 2 }
    const { url } = await start(limits)
    const open = (token: string) => RawClient.open(url, { hello: { token } })
    const [a, b, c] = [await open('a'), await open('b'), await open('c')]
    expect(await a.ask(1, 'echo', 1)).toBe(1)
    expect(await b.ask(1, 'echo', 1)).toBe(1)
    expect(await a.ask(2, 'echo', 2), 'heard of again').toEqual(tooOften)
    expect(await c.ask(1, 'echo', 1)).toBe(1)
    expect(await a.ask(3, 'echo', 3), 'remembered').toEqual(tooOften)
    expect(await b.ask(2, 'echo', 2), 'forgotten').toBe(2)
  })
})
