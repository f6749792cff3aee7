import { randomUUID } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { createClient } from '../../examples/messenger/generated/client.js'
import { createMessenger } from '../../examples/messenger/server.js'
import { Cable } from '../support/cable.js'
import { noted, serve, stopAll } from '../support/running.js'

afterEach(stopAll)

const roomId = 'garden'

async function start() {
  const url = await serve(createMessenger())
  const open = (name: string) => {
    const cable = new Cable()
    const connection = noted(createClient(url, cable.options)).messenger({ query: { name } })
    const room = connection.channels.room({ roomId })
    const lines: string[] = []
    const others: string[] = []
    room.on('said', ({ from, text }) => lines.push(`${from}: ${text}`))
    room.on('typing', ({ from }) => others.push(`${from} is writing`))
    room.on('reacted', ({ from, emoji }) => others.push(`${from} ${emoji}`))
    const told: string[] = []
    connection.channels.direct({ name }).on('told', ({ from, text }) => told.push(`${from}: ${text}`))
    const enter = () => room.subscribe({ presence: {} })
    const here = () => room.presence.members.map(({ user }) => user)
    const say = (text: string, id: string = randomUUID()) => connection.say({ roomId, id, text })
    return { cable, connection, room, lines, others, told, enter, here, say }
  }
  return { open }
}

test('whoever enters late sees the last 50 lines, in order', async () => {
  const { open } = await start()
  const [ada, bob] = [open('ada'), open('bob')]
  await ada.enter()
  for (let number = 1; number <= 60; number++) await ada.say(String(number))
  await bob.enter()
  await vi.waitFor(() => expect(bob.lines).toHaveLength(50))
  expect(bob.lines).toEqual(Array.from({ length: 50 }, (_, index) => `ada: ${index + 11}`))
})

test('everybody sees who enters and who leaves', async () => {
  const { open } = await start()
  const [ada, bob] = [open('ada'), open('bob')]
  await ada.enter()
  await bob.enter()
  await vi.waitFor(() =>
    expect([ada.here(), bob.here()]).toEqual([
      ['ada', 'bob'],
      ['ada', 'bob'],
    ]),
  )
  await bob.room.unsubscribe()
  await vi.waitFor(() => expect(ada.here()).toEqual(['ada']))
  expect(await bob.connection.say.safe({ roomId, id: randomUUID(), text: 'from outside' })).toMatchObject({
    error: { code: 'NOT_HERE' },
  })
})

test('a line, a reaction and a typing notice reach the others, and typing nobody who types', async () => {
  const { open } = await start()
  const [ada, bob] = [open('ada'), open('bob')]
  await ada.enter()
  await bob.enter()
  ada.connection.typing({ roomId })
  const { id } = await ada.say('hi')
  await bob.connection.react({ roomId, line: id, emoji: '👍' })
  await vi.waitFor(() => expect(bob.others).toEqual(['ada is writing', 'bob 👍']))
  await vi.waitFor(() => expect(ada.others).toEqual(['bob 👍']))
  expect([ada.lines, bob.lines]).toEqual([['ada: hi'], ['ada: hi']])
})

test('a direct message reaches one person alone, at once or when they come back', async () => {
  const { open } = await start()
  const [ada, bob, eve] = [open('ada'), open('bob'), open('eve')]
  await Promise.all([ada, bob, eve].map(({ connection }) => connection.ready()))
  await ada.connection.tell({ to: 'bob', text: 'one' })
  await vi.waitFor(() => expect(bob.told).toEqual(['ada: one']))
  bob.cable.pull()
  await ada.connection.tell({ to: 'bob', text: 'two' })
  await ada.connection.tell({ to: 'cleo', text: 'three' })
  bob.cable.plug()
  await vi.waitFor(() => expect(bob.told).toEqual(['ada: one', 'ada: two']))
  const cleo = open('cleo')
  await vi.waitFor(() => expect(cleo.told).toEqual(['ada: three']))
  expect([ada.told, eve.told]).toEqual([[], []])
})

test('a broken connection is back in its room, has missed nothing, and nobody saw it leave', async () => {
  const { open } = await start()
  const [ada, bob] = [open('ada'), open('bob')]
  await ada.enter()
  await bob.enter()
  await vi.waitFor(() => expect(ada.here()).toEqual(['ada', 'bob']))
  const seen: string[][] = []
  ada.room.presence.onChange(() => seen.push(ada.here()))
  await ada.say('before')
  bob.cable.pull()
  await ada.say('meanwhile')
  bob.cable.plug()
  await vi.waitFor(() => expect(bob.lines).toEqual(['ada: before', 'ada: meanwhile']))
  await ada.say('after')
  await vi.waitFor(() => expect(bob.lines).toEqual(['ada: before', 'ada: meanwhile', 'ada: after']))
  expect(seen).toEqual([])
})

test('a line whose answer was lost is said once, and a person with two devices is here once', async () => {
  const { open } = await start()
  const [ada, laptop, bob] = [open('ada'), open('ada'), open('bob')]
  await ada.enter()
  await laptop.enter()
  await bob.enter()
  ada.cable.hold()
  const said = ada.say('once')
  await vi.waitFor(() => expect(bob.lines).toEqual(['ada: once']))
  ada.cable.cut()
  expect(await said).toMatchObject({ text: 'once' })
  await bob.say('and on')
  await vi.waitFor(() => expect(laptop.lines).toEqual(['ada: once', 'bob: and on']))
  expect(bob.here()).toEqual(['ada', 'bob'])
})
