import { randomBytes } from 'node:crypto'
import { IncomingMessage } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { queryObjects } from 'node:v8'
import { afterEach, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { startLab, stopLabs } from './lab.js'

const sockets: Socket[] = []

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await stopLabs()
})

/** A client that is a socket and nothing else, so that what is counted is the server's. Resolves when it is welcome. */
function open(port: number): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1' })
  sockets.push(socket)
  const key = randomBytes(16).toString('base64')
  const lines = ['GET /plain HTTP/1.1', 'Host: a', 'Connection: Upgrade', 'Upgrade: websocket']
  socket.write(
    `${lines.join('\r\n')}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    'latin1',
  )
  const hello = Buffer.from('["hello",{}]')
  socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | hello.length, 0, 0, 0, 0]), hello]))
  return new Promise((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      if (!chunk.includes('"welcome"')) return
      socket.removeAllListeners('data')
      resolve()
    })
  })
}

const timer = setTimeout(() => undefined, 0)
/** What is held by no idle connection. */
const absent = { IncomingMessage, Map, Promise, Timeout: timer.constructor, ArrayBuffer, Uint8Array }
/** What Node itself needs for each socket, too. */
const shared = { Function, Array }

function count(): Record<string, number> {
  return Object.fromEntries(
    Object.entries({ ...absent, ...shared }).map(([name, type]) => [
      name,
      queryObjects(type, { format: 'count' }),
    ]),
  )
}

async function openMany(port: number, connections: number): Promise<void> {
  for (let index = 0; index < connections; index++) await open(port)
  // What the last of them needed to come in is over.
  await new Promise((resolve) => setTimeout(resolve, 20))
}

/** What 40 connections more make of each. */
async function countHeld(port: number): Promise<Record<string, number>> {
  await openMany(port, 5)
  const before = count()
  await openMany(port, 40)
  return Object.fromEntries(Object.entries(count()).map(([name, made]) => [name, made - (before[name] ?? 0)]))
}

// In one test: what another one leaves behind would be collected while this one counts.
test('an idle connection holds no bytes, request, map, promise or timer, and fewer closures and lists than with ws', async () => {
  const lab = await startLab()
  const ours = await countHeld(lab.port)
  const bare = await startBare()
  const theirs = await countHeld(bare.port)
  bare.stop()
  for (const name of Object.keys(absent)) expect(ours[name], name).toBeLessThan(20)
  // What is less by one for each of the 40 connections; half of that is room for what has nothing to do with them.
  for (const name of Object.keys(shared))
    expect((theirs[name] as number) - (ours[name] as number), name).toBeGreaterThan(20)
})

/** A server of bare `ws`, with the listeners that every server needs. */
async function startBare(): Promise<{ port: number; stop(): void }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', (socket) => {
    socket.on('error', () => undefined)
    socket.on('message', () => socket.send('"welcome"'))
  })
  await new Promise((resolve) => server.once('listening', resolve))
  return { port: (server.address() as AddressInfo).port, stop: () => server.close() }
}
