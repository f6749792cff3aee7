import { randomUUID } from 'node:crypto'
import { createClient } from './generated/client.js'

const client = createClient(process.env.SERVER_URL ?? 'ws://localhost:8000')
const ada = client.messenger({ query: { name: 'ada' } })
const bob = client.messenger({ query: { name: 'bob' } })

const room = bob.channels.room({ roomId: 'garden' })
room.on('said', ({ from, text }) => console.log(`${from} in the garden: ${text}`))
room.on('typing', ({ from }) => console.log(`${from} is writing`))
room.on('reacted', ({ from, emoji }) => console.log(`${from} thinks ${emoji}`))
room.presence.onChange((members) => console.log('here:', members.map(({ user }) => user).join(', ')))

await room.subscribe({ presence: {} })
await ada.channels.room({ roomId: 'garden' }).subscribe({ presence: { mood: 'busy' } })
ada.typing({ roomId: 'garden' })
const line = await ada.say({ roomId: 'garden', id: randomUUID(), text: 'The roses are out.' })
await bob.react({ roomId: 'garden', line: line.id, emoji: '🌹' })

const told = new Promise<void>((resolve) => {
  bob.channels.direct({ name: 'bob' }).on('told', ({ from, text }) => {
    console.log(`${from} to me alone: ${text}`)
    resolve()
  })
})
await ada.tell({ to: 'bob', text: 'Come and see.' })
await told
await room.unsubscribe()
client.close()
