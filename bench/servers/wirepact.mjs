import { randomUUID } from 'node:crypto'
import { createAdmin } from '@wirepact/runtime/admin'
import { createServer } from '../api/dist/generated/server.js'
import { createTick, toReceipt } from '../lib/payloads.mjs'
import { serve } from '../lib/serve.mjs'

const { channel = 'feed', compression, limits } = JSON.parse(process.argv[2])

const token = randomUUID()
let admin
let orders = 0
const server = createServer(
  { market: { order: (_ctx, order) => toReceipt(order, ++orders), post: () => undefined } },
  // The limits of one connection are not what is measured.
  { limits: { maxConnections: 100_000, ...limits }, ...(compression && { compression }) },
)
const { port } = await server.listen({ host: '127.0.0.1' })
const target = server.routes.market.channels[channel]()
serve({ port, backlog, publish: (textBytes) => void target.publish('tick', createTick(textBytes)) })

/** What an operator would see. The API is made when it is asked, so that no other workload has it. */
async function backlog() {
  admin ??= await openAdmin()
  const response = await fetch(`${admin}/connections?limit=1`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const [first] = (await response.json()).connections
  return { connections: server.connections, queuedBytes: first?.bufferedBytes ?? 0 }
}

async function openAdmin() {
  const address = await createAdmin(server, { token }).listen()
  return `http://${address.host}:${address.port}`
}
