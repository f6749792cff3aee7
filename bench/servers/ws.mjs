import { WebSocketServer } from 'ws'
import { createTick, toReceipt } from '../lib/payloads.mjs'
import { serve } from '../lib/serve.mjs'

const { compression = false, maxBufferedBytes = Number.POSITIVE_INFINITY } = JSON.parse(process.argv[2])

const isBounded = maxBufferedBytes !== Number.POSITIVE_INFINITY
let orders = 0
const perMessageDeflate = compression && {
  threshold: 0,
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
}
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate })
server.on('connection', (socket) => {
  socket.on('error', () => undefined)
  socket.on('message', (data) => {
    const { id, method, input } = JSON.parse(data.toString())
    if (method === 'order') socket.send(JSON.stringify({ id, result: toReceipt(input, ++orders) }))
  })
})
server.on('listening', () => serve({ port: server.address().port, publish, backlog }))

/** The message is made once, as text, and sent in a loop. Who is too slow is let go of, where a bound is given. */
function publish(textBytes) {
  const message = JSON.stringify({ type: 'tick', data: createTick(textBytes) })
  for (const socket of server.clients) {
    if (isBounded && socket.bufferedAmount > maxBufferedBytes) socket.terminate()
    else socket.send(message)
  }
}

function backlog() {
  const [first] = server.clients
  return { connections: server.clients.size, queuedBytes: first?.bufferedAmount ?? 0 }
}
