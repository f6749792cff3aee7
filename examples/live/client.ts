import { createClient } from './generated/client.js'

const client = createClient(process.env.SERVER_URL ?? 'ws://localhost:8000')
const params = { showId: 'concert' }

const studio = client.studio({ params })
studio.on('audience', ({ viewers }) => console.log(`${viewers} watching`))

const viewer = client.viewer({ params, query: { name: 'ada' } })
viewer.channels.chat().on('said', ({ from, text }) => console.log(`${from}: ${text}`))
await viewer.ready()

const filming = setInterval(() => studio.frame(new Uint8Array(10_000)), 40)
let frames = 0
for await (const { data } of viewer.channels.picture().messages()) {
  console.log(`a frame of ${data.byteLength} bytes`)
  if (++frames === 3) break
}
clearInterval(filming)
await viewer.say({ text: 'Bravo!' })
client.close()
