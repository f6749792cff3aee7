import { createServer as createHttpServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createMetrics } from '@wirepact/runtime/metrics'
import { Registry } from 'prom-client'
import { afterEach, expect, test, vi } from 'vitest'
import { deferred, startLab, stopLabs } from '../runtime/lab.js'
import { anything, type BenchContext, startBench, stopBenches } from '../runtime/support/bench.js'
import { RawClient } from '../support/raw-client.js'

const scrapers: Server[] = []

afterEach(async () => {
  for (const scraper of scrapers.splice(0)) scraper.close()
  await stopLabs()
  await stopBenches()
})

/** A laboratory that is measured, and a way to read one sample by its name and labels. */
async function startMeasured(replaced: Parameters<typeof startLab>[0] = {}) {
  const metrics = createMetrics()
  const lab = await startLab(replaced, { observers: [metrics.observer] })
  const read = async (sample: string) => {
    const text = await metrics.registry.metrics()
    const line = text.split('\n').find((one) => one.startsWith(`wirepact_${sample} `))
    return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1))
  }
  return { metrics, lab, read }
}

test('connections are counted by route, and their ends by close code', async () => {
  const { lab, read } = await startMeasured()
  const first = await RawClient.open(lab.url())
  const second = await RawClient.open(lab.url())
  expect(await read('connections{route="lab"}')).toBe(2)
  expect(await read('connections{route="plain"}')).toBe(0)
  await first.close(1000)
  await second.close(4321)
  await vi.waitFor(async () => expect(await read('connections{route="lab"}')).toBe(0))
  expect(await read('connections_opened_total{route="lab"}')).toBe(2)
  expect(await read('connections_closed_total{route="lab",code="1000"}')).toBe(1)
  expect(await read('connections_closed_total{route="lab",code="4xxx"}')).toBe(1)
})

test('messages, handlers and errors are counted by the names of the schema', async () => {
  const { lab, read } = await startMeasured()
  const client = await RawClient.open(lab.url())
  await client.ask(1, 'add', { a: 1, b: 2 })
  await client.ask(2, 'add', { a: 100, b: 2 })
  await client.ask(3, 'add', { a: 'no' })
  client.send(['event', 'fail', null])
  client.send(['event', 'made-up', null])
  await client.ask(4, 'add', { a: 1, b: 2 })
  expect(await read('messages_received_total{route="lab",message="add"}')).toBe(4)
  expect(await read('handler_duration_seconds_count{route="lab",message="add"}')).toBe(3)
  expect(await read('errors_total{route="lab",message="add",code="TOO_LARGE"}')).toBe(1)
  expect(await read('errors_total{route="lab",message="fail",code="INTERNAL"}')).toBe(1)
  expect(await read('messages_invalid_total{route="lab",message="add",code="INVALID_PAYLOAD"}')).toBe(1)
  expect(await read('messages_invalid_total{route="lab",message="(unknown)",code="UNKNOWN_MESSAGE"}')).toBe(1)
})

test('a handler counts as running until it settles', async () => {
  const { promise, resolve } = deferred()
  const { lab, read } = await startMeasured({ run: () => promise })
  const client = await RawClient.open(lab.url())
  const answer = client.ask(1, 'run', { what: '' })
  await vi.waitFor(async () => expect(await read('handlers_running{route="lab"}')).toBe(1))
  expect(await read('handler_duration_seconds_count{route="lab",message="run"}')).toBe(undefined)
  resolve()
  await answer
  expect(await read('handlers_running{route="lab"}')).toBe(0)
})

test('publications, deliveries, recoveries and the engine are measured', async () => {
  const { lab, read } = await startMeasured()
  const first = await RawClient.open(lab.url())
  const second = await RawClient.open(lab.url())
  first.send(['event', 'say', { text: 'hi' }])
  await second.next('publication')
  second.send(['subscribe', 1, 'room/lobby', { position: ['gone', 0] }])
  await second.next('joined', 1)
  const room = 'channel="room/{roomId}"'
  expect(await read(`publications_total{${room},message="said"}`)).toBe(1)
  expect(await read(`deliveries_total{${room},message="said"}`)).toBe(2)
  expect(await read(`subscriptions_total{${room},outcome="fresh"}`)).toBe(2)
  expect(await read(`subscriptions_total{${room},outcome="epoch-changed"}`)).toBe(1)
  expect(await read('engine_duration_seconds_count{method="append"}')).toBe(1)
})

test('refusals before the upgrade are counted by their code', async () => {
  const { lab, read } = await startMeasured()
  await expect(RawClient.open(lab.url('NO'))).rejects.toThrow('400')
  expect(await read('connections_refused_total{code="INVALID_PARAMS"}')).toBe(1)
})

test('no client can add a series, whatever it sends', async () => {
  const { lab, metrics } = await startMeasured()
  const provoke = async (from: number) => {
    const client = await RawClient.open(lab.url())
    for (let index = from; index < from + 10; index++) client.send(['event', `made-up-${index}`, null])
    client.send(['request', 1, `made-up-${from}`, null])
    client.send(['subscribe', 2, `made-up/${from}`, {}])
    client.send(['subscribe', 3, `feed/topic-${from}`, {}])
    await client.next('joined', 3)
    await client.close(4400 + from)
    await expect(RawClient.open(lab.url(`NO${from}`))).rejects.toThrow('400')
    await vi.waitFor(() => expect(lab.server.connections).toBe(0))
    return (await metrics.registry.metrics()).split('\n').length
  }
  const before = await provoke(0)
  for (let round = 1; round < 5; round++) expect(await provoke(round * 20)).toBe(before)
})

test('bytes that wait, drops and slow consumers are measured', async () => {
  const { observer, registry } = createMetrics()
  let context: BenchContext | undefined
  const sends = {
    must: { kind: 'event', data: anything },
    may: { kind: 'event', data: anything, backpressure: { policy: 'drop' } },
  } as const
  const connect = (ctx: BenchContext) => {
    context = ctx
  }
  const bench = await startBench({ sends }, { connect }, { observers: [observer] })
  const client = await RawClient.open(bench.url)
  const sum = async (name: string) =>
    (await registry.getSingleMetric(`wirepact_${name}`)?.get())?.values.reduce(
      (all, one) => all + one.value,
      0,
    )
  client.socket.pause()
  for (let count = 0; (await sum('messages_dropped_total')) === 0; count++) {
    void context?.client.must?.('x'.repeat(60_000))
    void context?.client.may?.('a')
    if (count % 10 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  expect(await sum('pending_bytes')).toBeGreaterThan(200_000)
  while (bench.server.connections > 0) {
    void context?.client.must?.('x'.repeat(60_000))
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(await sum('slow_consumers_total')).toBe(1)
  expect(await sum('messages_sent_total')).toBeGreaterThan(5)
  client.terminate()
})

test('a scrape answers what the registry has, and nothing but GET', async () => {
  const registry = new Registry()
  const { observer, listener } = createMetrics({ registry, prefix: 'chat_' })
  await startLab({}, { observers: [observer] })
  const scraper = createHttpServer(listener).listen(0, '127.0.0.1')
  scrapers.push(scraper)
  await new Promise((resolve) => scraper.once('listening', resolve))
  const url = `http://127.0.0.1:${(scraper.address() as AddressInfo).port}/metrics`
  const answer = await fetch(url)
  expect(answer.headers.get('content-type')).toBe(registry.contentType)
  expect(await answer.text()).toContain('chat_connections{route="lab"} 0')
  const refused = await fetch(url, { method: 'POST' })
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
})
