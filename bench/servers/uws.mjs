import { createRequire } from 'node:module'
import { createTick, toReceipt } from '../lib/payloads.mjs'
import { serve } from '../lib/serve.mjs'

const uws = createRequire(import.meta.url)('@trufflesuite/uws-js-unofficial')

/** The package falls back to JavaScript where its native part does not load; that would be no peer. */
const isNative = process.report.getReport().sharedObjects.some((path) => /uws_[^/]*\.node$/.test(path))
if (!isNative) throw new Error('The native part of uWebSockets.js was not loaded.')

let orders = 0
const decoder = new TextDecoder()
const app = uws.App()
app.ws('/*', {
  open: (socket) => void socket.subscribe('feed'),
  message: (socket, data) => {
    const { id, method, input } = JSON.parse(decoder.decode(data))
    if (method === 'order') socket.send(JSON.stringify({ id, result: toReceipt(input, ++orders) }))
  },
})
app.listen('127.0.0.1', 0, (listening) => {
  serve({ port: uws.us_socket_local_port(listening), publish, facts: { isNative } })
})

function publish(textBytes) {
  app.publish('feed', JSON.stringify({ type: 'tick', data: createTick(textBytes) }))
}
