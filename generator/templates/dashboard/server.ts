import { createServer } from './generated/server.js'
import { dashboard, pace } from './handlers/dashboard.js'

const server = createServer({ dashboard })
const { port } = await server.listen({ port: Number(process.env.PORT ?? 8000) })
console.log(`ready on ${port}`)

const samples = server.routes.dashboard.channels.samples()
let timer = setTimeout(takeSample, 0)

/** Publishes how the server is, and again after a while. */
async function takeSample(): Promise<void> {
  const { rss: memoryBytes } = process.memoryUsage()
  await samples.publish('taken', { at: Date.now(), memoryBytes, connections: server.connections })
  timer = setTimeout(takeSample, pace.everyMs)
}

async function stop(): Promise<void> {
  clearTimeout(timer)
  await server.close()
  process.exit()
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)
