import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { anything, type BenchContext, bytes, startBench } from '../../runtime/support/bench.js'

const text = { ...anything, content: 'text' } as const

/** Our runtime, which sends back what it is sent, on a route without an envelope. */
export async function startEcho(maxPayloadBytes: number) {
  const route = {
    wire: 'bare',
    receives: { text: { kind: 'event', data: text }, bytes: { kind: 'event', data: bytes } },
    sends: { text: { kind: 'event', data: text }, bytes: { kind: 'event', data: bytes } },
  } as const
  const handlers = {
    text: (ctx: BenchContext, data: string) => void ctx.client.text?.(data),
    bytes: (ctx: BenchContext, data: Uint8Array) => void ctx.client.bytes?.(data),
  }
  return startBench(route, handlers, { limits: { maxPayloadBytes } })
}

/** Bare `ws`, which does the same. */
export async function startBareWs(maxPayload: number) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', maxPayload })
  server.on('connection', (socket) => {
    socket.on('error', () => undefined)
    socket.on('message', (data: Buffer, binary) => socket.send(data, { binary }))
  })
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}
