import { FakeClock } from '@wirepact/runtime/testing'
import { afterEach, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { RawClient } from '../support/raw-client.js'
import {
  anything,
  aString,
  type BenchContext,
  type BenchRoute,
  startBench,
  stopBenches,
} from './support/bench.js'

afterEach(stopBenches)

const minute = 60_000
const route: BenchRoute = {
  receives: { ping: { kind: 'request', input: anything, output: anything, errors: {} } },
  sends: { tick: { kind: 'event', data: anything } },
}

/** A server on which a minute of silence is too long, unless it says otherwise. */
async function start(limits: object = {}, replaced: BenchRoute = route) {
  const clock = new FakeClock()
  const ended: unknown[] = []
  const contexts: BenchContext[] = []
  const handlers = {
    connect: (ctx: BenchContext) => void contexts.push(ctx),
    disconnect: (ctx: BenchContext, end: unknown) => void ended.push([ctx.status, end]),
    ping: () => 'pong',
    say: () => undefined,
  }
  const bench = await startBench(replaced, handlers, {
    environment: { clock },
    limits: { pingIntervalMs: 0, idleTimeoutMs: minute, ...limits },
  })
  return { bench, clock, ended, ctx: () => contexts[0] as BenchContext }
}

describe('[nexios 16] a connection on which nothing is said', () => {
  test('is closed with 4003, and its handlers are told', async () => {
    const { bench, clock, ended } = await start()
    const client = await RawClient.open(bench.url)
    await clock.advance(minute - 1)
    expect(client.socket.readyState).toBe(WebSocket.OPEN)
    await clock.advance(1)
    expect(await client.ended).toEqual({ code: 4003, reason: 'Nothing was said for too long.' })
    await expect.poll(() => ended).toMatchObject([['closed', { code: 4003, wasClean: true }]])
    expect(clock.waiting).toBe(0)
  })

  test('stays as long as the client says something', async () => {
    const { bench, clock } = await start()
    const client = await RawClient.open(bench.url)
    for (let id = 1; id <= 6; id++) {
      await clock.advance(minute / 2)
      expect(await client.ask(id, 'ping', null)).toBe('pong')
    }
    await client.close()
    await expect.poll(() => bench.server.connections).toBe(0)
    expect(clock.waiting).toBe(0)
  })

  test('stays as long as the server says something', async () => {
    const { bench, clock, ctx } = await start()
    const client = await RawClient.open(bench.url)
    for (let count = 1; count <= 6; count++) {
      await clock.advance(minute / 2)
      void ctx().client.tick?.(count)
    }
    expect(await client.ask(1, 'ping', null)).toBe('pong')
    expect(client.all('event')).toHaveLength(6)
  })

  test('is not kept by heartbeats', async () => {
    const { bench, clock } = await start({ pingIntervalMs: 1_600, pingTimeoutMs: 1_000_000 })
    const client = await RawClient.open(bench.url)
    let over = false
    void client.ended.then(() => {
      over = true
    })
    for (let second = 0; second < 90 && !over; second++) {
      await clock.advance(1_000)
      for (const _ping of client.all('ping')) client.send(['pong'])
    }
    expect((await client.ended).code).toBe(4003)
    expect(client.all('ping').length).toBeGreaterThan(10)
  })

  test('is closed on a bare route, too', async () => {
    const bare: BenchRoute = { wire: 'bare', receives: { say: { kind: 'event', data: aString } } }
    const { bench, clock } = await start({}, bare)
    const socket = new WebSocket(bench.url)
    const closed = new Promise((resolve) => socket.on('close', resolve))
    await new Promise((resolve) => socket.on('open', resolve))
    await clock.advance(minute / 2)
    socket.send('"hi"')
    await expect.poll(() => bench.server.counters.received).toBe(1)
    await clock.advance(minute / 2)
    expect(socket.readyState).toBe(WebSocket.OPEN)
    await clock.advance(minute)
    expect(await closed).toBe(4003)
  })

  test('stays for ever where nothing else is said', async () => {
    const { bench, clock } = await start({ idleTimeoutMs: 0 })
    const client = await RawClient.open(bench.url)
    await clock.advance(100 * minute)
    expect(await client.ask(1, 'ping', null)).toBe('pong')
    expect(clock.waiting).toBe(0)
  })
})
