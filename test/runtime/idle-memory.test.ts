import { randomBytes } from 'node:crypto'
import { IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { queryObjects } from 'node:v8'
import { afterEach, expect, test } from 'vitest'
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
const counted = { IncomingMessage, Map, Promise, Timeout: timer.constructor }

function count(): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counted).map(([name, type]) => [name, queryObjects(type, { format: 'count' })]),
  )
}

async function openMany(port: number, connections: number): Promise<void> {
  for (let index = 0; index < connections; index++) await open(port)
  // What the last of them needed to come in is over.
  await new Promise((resolve) => setTimeout(resolve, 20))
}

test('an idle connection holds no request, no map, no promise and no timer', async () => {
  const lab = await startLab()
  await openMany(lab.port, 5)
  const before = count()
  await openMany(lab.port, 40)
  const after = count()
  for (const name of Object.keys(counted))
    expect((after[name] as number) - (before[name] as number), name).toBeLessThan(20)
})
