import { createClient } from './generated/client.js'

// npm run client ada "Hello, everybody."
const [name = 'ada', text = 'Hello.'] = process.argv.slice(2)

const client = createClient(process.env.URL ?? 'ws://localhost:8000')
const chat = client.chat({ params: { roomId: 'lobby' }, query: { name } })
chat.on('notice', (notice) => console.log(notice.text))

const room = chat.channels.room()
chat.say({ text })
for await (const { data } of room.messages()) {
  console.log(`${data.from}: ${data.text}`)
  if (data.from === name && data.text === text) break
}
client.close()
