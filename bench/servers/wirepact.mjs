import { createServer } from '../api/dist/generated/server.js'
import { createTick, toReceipt } from '../lib/payloads.mjs'
import { serve } from '../lib/serve.mjs'

const { channel = 'feed', compression } = JSON.parse(process.argv[2])

let orders = 0
const server = createServer(
  { market: { order: (_ctx, order) => toReceipt(order, ++orders), post: () => undefined } },
  // The limits of one connection are not what is measured.
  { limits: { maxConnections: 100_000 }, ...(compression && { compression }) },
)
const { port } = await server.listen({ host: '127.0.0.1' })
const target = server.routes.market.channels[channel]()
serve({ port, publish: (textBytes) => void target.publish('tick', createTick(textBytes)) })
