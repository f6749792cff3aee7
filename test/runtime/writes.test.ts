import { Socket } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { startLab, stopLabs } from './lab.js'

afterEach(async () => {
  vi.restoreAllMocks()
  await stopLabs()
})

/** Counts what the server writes to its sockets from now on. */
function countWrites(port: number): { writes: number; bytes: number } {
  const counted = { writes: 0, bytes: 0 }
  const write = Socket.prototype.write
  vi.spyOn(Socket.prototype, 'write').mockImplementation(function (this: Socket, ...args: unknown[]) {
    if (this.localPort === port) {
      counted.writes++
      counted.bytes += (args[0] as Uint8Array).byteLength
    }
    return Reflect.apply(write, this, args) as boolean
  })
  return counted
}

test('what one connection is sent in one turn of the event loop leaves in one write, in order', async () => {
  const lab = await startLab({
    run(ctx) {
      for (const text of ['1', '2', '3', '4', '5']) ctx.client.notice({ text })
      return 'done'
    },
  })
  const client = await RawClient.open(lab.url())
  await client.next('joined')
  const counted = countWrites(lab.port)
  expect(await client.ask(1, 'run', { what: 'x' })).toBe('done')
  expect(counted.writes).toBe(1)
  expect(client.frames.slice(-6).map((frame) => (frame[0] === 'event' ? frame[2] : frame[2]))).toEqual([
    { text: '1' },
    { text: '2' },
    { text: '3' },
    { text: '4' },
    { text: '5' },
    'done',
  ])
})

test('a burst of publications costs each member one write', async () => {
  const lab = await startLab()
  const members = await Promise.all(
    ['a', 'b', 'c'].map((name) => RawClient.open(lab.url('lobby', `name=${name}`))),
  )
  for (const member of members) await member.ask(1, 'add', { a: 0, b: 0 })
  const room = lab.server.routes.lab.channels.room({ roomId: 'lobby' })
  const counted = countWrites(lab.port)
  for (let index = 0; index < 10; index++) void room.publish('said', { text: `${index}` })
  await Promise.all(members.map((member) => waitFor(() => member.all('publication').length === 10)))
  expect(counted.writes).toBe(members.length)
})

test('nothing waits longer than the turn in which it was sent', async () => {
  const order: string[] = []
  const lab = await startLab({
    run(ctx) {
      ctx.client.notice({ text: 'now' })
      setImmediate(() => setImmediate(() => order.push('two turns later')))
      return null
    },
  })
  const client = await RawClient.open(lab.url())
  await client.next('joined')
  const write = Socket.prototype.write
  vi.spyOn(Socket.prototype, 'write').mockImplementation(function (this: Socket, ...args: unknown[]) {
    if (this.localPort === lab.port) order.push('written')
    return Reflect.apply(write, this, args) as boolean
  })
  await client.ask(1, 'run', { what: 'x' })
  await waitFor(() => order.length === 2)
  expect(order).toEqual(['written', 'two turns later'])
})

test('large frames and small ones arrive whole and in order', async () => {
  const lab = await startLab({ run: (_ctx, { what }) => what.repeat(Number(what.length)) })
  const client = await RawClient.open(lab.url())
  const sizes = [1, 100, 124, 125, 126, 127, 200, 255, 256, 257, 300]
  for (const [id, size] of sizes.entries()) client.send(['request', id, 'run', { what: 'ü'.repeat(size) }])
  for (const [id, size] of sizes.entries()) {
    expect(await client.next('reply', id)).toEqual(['reply', id, 'ü'.repeat(size * size)])
  }
})

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}
