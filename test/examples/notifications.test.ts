import { afterEach, expect, test, vi } from 'vitest'
import { createClient } from '../../examples/notifications/generated/client.js'
import { Inbox } from '../../examples/notifications/inbox.js'
import { createNotificationServer } from '../../examples/notifications/server.js'
import { Cable } from '../support/cable.js'
import { noted, serve, stopAll } from '../support/running.js'

afterEach(stopAll)

async function start() {
  const url = await serve(createNotificationServer())
  const open = (user: string) => {
    const cable = new Cable()
    const connection = noted(createClient(url, cable.options)).notifications({ query: { user } })
    const inbox = new Inbox(connection, user)
    return { cable, connection, texts: () => inbox.unread.map(({ text }) => text), inbox }
  }
  return { open }
}

test('a notification is unread until it is acknowledged, on whatever device', async () => {
  const { open } = await start()
  const [ada, phone, laptop] = [open('ada'), open('bob'), open('bob')]
  ada.connection.notify({ to: 'bob', text: 'one' })
  ada.connection.notify({ to: 'bob', text: 'two' })
  await vi.waitFor(() =>
    expect([phone.texts(), laptop.texts()]).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ]),
  )
  phone.inbox.acknowledge(phone.inbox.unread[0]?.id ?? '')
  await vi.waitFor(() => expect([phone.texts(), laptop.texts()]).toEqual([['two'], ['two']]))
  const tablet = open('bob')
  await vi.waitFor(() => expect(tablet.texts()).toEqual(['two']))
})

test('what is notified without a connection arrives once, when there is one', async () => {
  const { open } = await start()
  const [ada, bob] = [open('ada'), open('bob')]
  await Promise.all([ada.connection.ready(), bob.connection.ready()])
  ada.cable.pull()
  for (const text of ['one', 'two', 'three']) ada.connection.notify({ to: 'bob', text })
  ada.cable.plug()
  await vi.waitFor(() => expect(bob.texts()).toEqual(['one', 'two', 'three']))
  ada.cable.cut()
  ada.connection.notify({ to: 'bob', text: 'four' })
  await vi.waitFor(() => expect(bob.texts()).toEqual(['one', 'two', 'three', 'four']))
})

test('what is acknowledged without a connection stays acknowledged', async () => {
  const { open } = await start()
  const [ada, bob, other] = [open('ada'), open('bob'), open('bob')]
  ada.connection.notify({ to: 'bob', text: 'one' })
  await vi.waitFor(() => expect([bob.texts(), other.texts()]).toEqual([['one'], ['one']]))
  const shown: string[][] = []
  bob.connection.on('unread', () => shown.push(bob.texts()))
  bob.cable.pull()
  bob.inbox.acknowledge(bob.inbox.unread[0]?.id ?? '')
  ada.connection.notify({ to: 'bob', text: 'meanwhile' })
  await vi.waitFor(() => expect(other.texts()).toEqual(['one', 'meanwhile']))
  bob.cable.plug()
  await vi.waitFor(() => expect([bob.texts(), other.texts()]).toEqual([['meanwhile'], ['meanwhile']]))
  expect(shown).toEqual([['meanwhile']])
})

test('nobody acknowledges for somebody else', async () => {
  const { open } = await start()
  const [ada, bob] = [open('ada'), open('bob')]
  ada.connection.notify({ to: 'bob', text: 'one' })
  await vi.waitFor(() => expect(bob.texts()).toEqual(['one']))
  ada.connection.acknowledge({ id: bob.inbox.unread[0]?.id ?? '' })
  ada.connection.notify({ to: 'bob', text: 'two' })
  await vi.waitFor(() => expect(bob.texts()).toEqual(['one', 'two']))
})
