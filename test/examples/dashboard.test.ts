import { afterEach, expect, test, vi } from 'vitest'
import { createClient, type Sample } from '../../examples/dashboard/generated/client.js'
import { createDashboardServer } from '../../examples/dashboard/server.js'
import { Cable } from '../support/cable.js'
import { noted, serve, stopAll } from '../support/running.js'

afterEach(stopAll)

async function start() {
  const { server, record } = createDashboardServer({
    limits: { maxBufferedBytes: 500_000 },
  })
  const url = await serve(server)
  const open = async () => {
    const cable = new Cable()
    const dashboard = noted(createClient(url, cable.options)).dashboard()
    const values = new Map<string, number>()
    const seen: Sample[] = []
    dashboard.channels.metrics().on('sampled', (sample) => {
      seen.push(sample)
      values.set(sample.metric, sample.value)
    })
    await dashboard.ready()
    return { cable, dashboard, seen, shown: () => Object.fromEntries(values) }
  }
  return { server, record, open }
}

test('begins with the latest value of every metric, and shows each new one', async () => {
  const { record, open } = await start()
  for (const value of [1, 2, 3]) record('heap', value)
  record('load', 0.5)
  const { shown } = await open()
  await vi.waitFor(() => expect(shown()).toEqual({ heap: 3, load: 0.5 }))
  record('heap', 4)
  await vi.waitFor(() => expect(shown()).toEqual({ heap: 4, load: 0.5 }))
})

test('is right again after the connection was away', async () => {
  const { record, open } = await start()
  const { cable, shown } = await open()
  record('heap', 1)
  await vi.waitFor(() => expect(shown()).toEqual({ heap: 1 }))
  cable.pull()
  record('heap', 2)
  record('load', 3)
  cable.plug()
  await vi.waitFor(() => expect(shown()).toEqual({ heap: 2, load: 3 }))
})

test('a viewer who does not keep up is sent no old values, but the newest of every metric', async () => {
  const { server, record, open } = await start()
  const [slow, quick] = [await open(), await open()]
  slow.cable.hold()
  // Long names, so that the system's own buffers are full soon.
  const metrics = ['a', 'b', 'c'].map((name) => name.repeat(20_000))
  for (let value = 1; value <= 200; value++) {
    for (const metric of metrics) record(metric, value)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const newest = Object.fromEntries(metrics.map((metric) => [metric, 200]))
  await vi.waitFor(() => expect(quick.seen).toHaveLength(600))
  expect(server.counters.slowConsumers).toBe(1)
  slow.cable.release()
  await vi.waitFor(() => expect(slow.shown()).toEqual(newest))
  expect(slow.seen.length).toBeLessThan(600)
})

test('answers with a range of the past, thinned out but with its end', async () => {
  const { record, open } = await start()
  for (let value = 1; value <= 100; value++) record('heap', value)
  const { dashboard } = await open()
  const range = { metric: 'heap', from: 0, to: Date.now() + 1000 }
  const samples = await dashboard.range({ ...range, maxSamples: 10 })
  expect(samples.map(({ value }) => value)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
  expect(await dashboard.range({ ...range, to: 1 })).toEqual([])
  expect(await dashboard.range.safe({ ...range, metric: 'heat' })).toMatchObject({
    error: { code: 'UNKNOWN_METRIC', data: { known: ['heap'] } },
  })
})
