import { createSoakServer } from './api.mjs'
import { Crowd } from './crowd.mjs'
import { Figures, kibibyte, settledMemory } from './figures.mjs'

/** Connections that do nothing: what each costs, how fast they come, and that one publication reaches them all. */
export async function soakIdle(count) {
  const server = createSoakServer()
  const { port } = await server.listen({ host: '127.0.0.1' })
  const crowd = new Crowd()
  const figures = new Figures()
  try {
    await crowd.open(port, { count: Math.min(200, count) })
    const before = await settledMemory()
    const connectMs = await timeOf(() => crowd.open(port, { count }))
    const after = await settledMemory()
    const broadcastMs = await timeOf(() => broadcast(server, crowd))
    const { clients, lost } = await crowd.count()
    figures.exactly('connections', server.connections, count + Math.min(200, count))
    figures.add('connected a second', (count / connectMs) * 1000)
    figures.atMost('heap and buffers per connection', (after.used - before.used) / count / kibibyte, {
      bound: 16,
      unit: 'KiB',
    })
    figures.add('resident memory per connection', (after.rss - before.rss) / count / kibibyte, 'KiB')
    figures.exactly('clients that one publication reached', clients - lost, server.connections)
    figures.add('until it had reached the last', broadcastMs, 'ms')
  } finally {
    await crowd.close()
    await server.close({ timeoutMs: 1000 })
  }
  return figures
}

async function broadcast(server, crowd) {
  await server.routes.soak.channels.room({ id: 'a' }).publish('said', '#1;')
  for (;;) {
    const { least, lost } = await crowd.count()
    if (least === 1 || lost > 0) return
  }
}

async function timeOf(act) {
  const start = performance.now()
  await act()
  return performance.now() - start
}
