import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { createTick, toReceipt } from '../lib/payloads.mjs'
import { serve } from '../lib/serve.mjs'

let orders = 0
const http = createServer()
const io = new Server(http, { transports: ['websocket'], serveClient: false })
io.on('connection', (socket) => {
  socket.join('feed')
  socket.on('order', (order, answer) => answer(toReceipt(order, ++orders)))
})
http.listen(0, '127.0.0.1', () => {
  serve({ port: http.address().port, publish: (bytes) => io.to('feed').emit('tick', createTick(bytes)) })
})
