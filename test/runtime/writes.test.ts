import { createHook } from 'node:async_hooks'
import { Socket } from 'node:net'
import { queryObjects } from 'node:v8'
import { afterEach, expect, test, vi } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { startLab, stopLabs } from './lab.js'

afterEach(async () => {
  vi.restoreAllMocks()
  await stopLabs()
})

/** Counts what the server writes to its sockets from now on. */
function countWrites(port: number): { writes: number; bytes: number; pieces: Set<unknown> } {
  const counted = { writes: 0, bytes: 0, pieces: new Set() }
  const write = Socket.prototype.write
  vi.spyOn(Socket.prototype, 'write').mockImplementation(function (this: Socket, ...args: unknown[]) {
    if (this.localPort === port) {
      counted.writes++
      counted.pieces.add(args[0])
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

test('the one publication of a turn is the same bytes for every member', async () => {
  const lab = await startLab()
  const members = await Promise.all(
    ['a', 'b', 'c'].map((name) => RawClient.open(lab.url('lobby', `name=${name}`))),
  )
  for (const member of members) await member.ask(1, 'add', { a: 0, b: 0 })
  const counted = countWrites(lab.port)
  void lab.server.routes.lab.channels.room({ roomId: 'lobby' }).publish('said', { text: 'hi' })
  await Promise.all(members.map((member) => member.next('publication')))
  expect(counted.writes).toBe(members.length)
  expect(counted.pieces.size).toBe(1)
})

test('a burst is joined once for all members who are sent the same, and apart for one who is sent more', async () => {
  const lab = await startLab({
    say(ctx, { text }) {
      void ctx.channels.room().publish('said', { text: `${text} 1` })
      ctx.client.notice({ text: 'mine' })
      void ctx.channels.room().publish('said', { text: `${text} 2` })
    },
  })
  const members = await Promise.all(
    ['a', 'b', 'c', 'd'].map((name) => RawClient.open(lab.url('lobby', `name=${name}`))),
  )
  for (const member of members) await member.ask(1, 'add', { a: 0, b: 0 })
  const [sender, ...others] = members as [RawClient, ...RawClient[]]
  const counted = countWrites(lab.port)
  sender.send(['event', 'say', { text: 'hi' }])
  await Promise.all(members.map((member) => waitFor(() => member.all('publication').length === 2)))
  expect(counted.writes).toBe(members.length)
  expect(counted.pieces.size).toBe(2)
  for (const other of others) expect(textsOf(other)).toEqual(['hi 1', 'hi 2'])
  expect(textsOf(sender)).toEqual(['hi 1', 'mine', 'hi 2'])
})

test('a burst makes nothing for each member before it is written', async () => {
  const lab = await startLab()
  const names = Array.from({ length: 40 }, (_, index) => `m${index}`)
  const members = await Promise.all(names.map((name) => RawClient.open(lab.url('lobby', `name=${name}`))))
  for (const member of members) await member.ask(1, 'add', { a: 0, b: 0 })
  const room = lab.server.routes.lab.channels.room({ roomId: 'lobby' })
  const count = () => queryObjects(Array, { format: 'count' }) + queryObjects(Uint8Array, { format: 'count' })
  const before = count()
  for (let index = 0; index < 10; index++) void room.publish('said', { text: `${index}` })
  // Nothing has been written: this is the same turn of the event loop.
  const made = count() - before
  expect(made).toBeLessThan(25)
  await Promise.all(members.map((member) => waitFor(() => member.all('publication').length === 10)))
})

test('bursts of as many publications to two channels are not mistaken for each other', async () => {
  const lab = await startLab()
  const rooms = ['lobby', 'den']
  const members = await Promise.all(rooms.map((room) => RawClient.open(lab.url(room))))
  for (const member of members) await member.ask(1, 'add', { a: 0, b: 0 })
  for (const roomId of rooms) {
    const room = lab.server.routes.lab.channels.room({ roomId })
    for (const text of ['1', '2']) void room.publish('said', { text: `${roomId} ${text}` })
  }
  await Promise.all(members.map((member) => waitFor(() => member.all('publication').length === 2)))
  expect(members.map(textsOf)).toEqual([
    ['lobby 1', 'lobby 2'],
    ['den 1', 'den 2'],
  ])
})

/** What was said and noticed, in the order in which it came. */
function textsOf(client: RawClient): unknown[] {
  const said = client.frames.filter(([type]) => type === 'publication' || type === 'event')
  return said.map((frame) => (frame[payloadAt(frame)] as { text: string }).text)
}

const payloadAt = ([name]: readonly unknown[]) => (name === 'publication' ? 3 : 2)

test('nothing waits longer than the turn in which it was sent', async () => {
  const order: string[] = []
  const lab = await startLab({
    run(ctx) {
      ctx.client.notice({ text: 'now' })
      setImmediate(() => order.push('the turn has ended'))
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
  expect(order).toEqual(['written', 'the turn has ended'])
})

test('what is sent in one turn after the other arrives in order, be it one frame, a few or many', async () => {
  // Two hundred are more than what is joined into one piece.
  const turns = [1, 3, 200, 1, 200, 2, 1]
  const total = turns.reduce((sum, count) => sum + count, 0)
  const texts = Array.from({ length: total }, (_, index) => String(index).padEnd(100))
  const lab = await startLab({
    async run(ctx) {
      const left = [...texts]
      for (const count of turns) {
        for (const text of left.splice(0, count)) ctx.client.notice({ text })
        await new Promise((resolve) => setImmediate(resolve))
      }
      return null
    },
  })
  const client = await RawClient.open(lab.url())
  await client.next('joined')
  await client.ask(1, 'run', { what: 'x' })
  expect(textsOf(client)).toEqual(texts)
})

/** How many promises are made from `act` until `isDone`, looking for it aside. */
async function countPromises(act: () => void, isDone: () => boolean): Promise<number> {
  let promises = 0
  const hook = createHook({ init: (_id, type) => void (type === 'PROMISE' && promises++) }).enable()
  act()
  await new Promise<void>((resolve) => {
    const look = () => (isDone() ? resolve() : void setTimeout(look, 5))
    look()
  })
  hook.disable()
  return promises
}

test('a handler that answers at once costs no promise', async () => {
  const lab = await startLab()
  const client = await RawClient.open(lab.url())
  await client.ask(1, 'add', { a: 0, b: 0 })
  const ids = Array.from({ length: 200 }, (_, index) => index + 2)
  const ask = () => {
    for (const id of ids) client.send(['request', id, 'add', { a: 0, b: 0 }])
  }
  const made = await countPromises(ask, () => client.all('reply').length > ids.length)
  expect(client.all('error')).toEqual([])
  expect(made).toBeLessThan(ids.length / 2)
})

test('a request is parsed once', async () => {
  const lab = await startLab()
  const client = await RawClient.open(lab.url())
  await client.next('joined')
  const parse = vi.spyOn(JSON, 'parse')
  expect(await client.ask(7, 'add', { a: 1, b: 2 })).toEqual({ sum: 3 })
  const asked = JSON.stringify(['request', 7, 'add', { a: 1, b: 2 }])
  expect(parse.mock.calls.filter(([text]) => text === asked)).toHaveLength(1)
})

test('an event that is handled at once costs no promise', async () => {
  let handled = 0
  const lab = await startLab({ say: () => void handled++ })
  const client = await RawClient.open(lab.url())
  await client.ask(1, 'add', { a: 0, b: 0 })
  const say = () => {
    for (let index = 0; index < 200; index++) client.send(['event', 'say', { text: 'hi' }])
  }
  expect(await countPromises(say, () => handled === 200)).toBeLessThan(100)
})

test('a publication costs its members no promise each', async () => {
  const lab = await startLab()
  const names = Array.from({ length: 40 }, (_, index) => `m${index}`)
  const members = await Promise.all(names.map((name) => RawClient.open(lab.url('lobby', `name=${name}`))))
  for (const member of members) await member.ask(1, 'add', { a: 0, b: 0 })
  const room = lab.server.routes.lab.channels.room({ roomId: 'lobby' })
  const publish = () => void room.publish('said', { text: 'hi' })
  const isDone = () => members.every((member) => member.all('publication').length === 1)
  const made = await countPromises(publish, isDone)
  expect(made).toBeLessThan(names.length / 2)
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
