import { createClient, type Notification } from './generated/client.js'

const client = createClient(process.env.SERVER_URL ?? 'ws://localhost:8000')
const ada = client.notifications({ query: { user: 'ada' } })
ada.notify({ to: 'bob', text: 'Bob reads this as soon as he is here.' })

const bob = client.notifications({ query: { user: 'bob' } })
const inbox = bob.channels.inbox({ user: 'bob' })

const read = ({ id, from, text }: Notification) => {
  console.log(`${from}: ${text}`)
  bob.acknowledge({ id })
}
bob.on('unread', (unread) => {
  console.log(`${unread.length} unread`)
  for (const notification of unread) read(notification)
})
inbox.on('arrived', read)
inbox.on('acknowledged', () => {
  console.log('read, on every device')
  client.close()
})
