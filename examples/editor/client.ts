import { createClient } from './generated/client.js'
import { EditorSession } from './session.js'

const client = createClient(process.env.SERVER_URL ?? 'ws://localhost:8000')
const params = { documentId: 'poem' }
const ada = await EditorSession.open(client.editor({ params, query: { name: 'ada' } }))
const bob = await EditorSession.open(client.editor({ params, query: { name: 'bob' } }))
const watcher = client.editor({ params, query: { name: 'printer' } })
await watcher.ready()

let heard = 0
const all = new Promise<void>((resolve) => {
  watcher.channels.document().on('edited', () => ++heard === 3 && resolve())
})
ada.insert(0, 'roses')
bob.insert(0, 'violets ')
ada.remove(0, 1)
await all

console.log('version 3:', (await EditorSession.open(watcher)).text)
client.close()
