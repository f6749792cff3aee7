import { createClient } from './generated/client.js'

const client = createClient(process.env.SERVER_URL ?? 'ws://localhost:8000')
const game = client.game({ params: { fieldId: 'meadow' }, query: { name: 'ada' } })

game.steer({ x: 1, y: 0 })
let shown = 0
for await (const { data } of game.channels.field().messages({ overflow: 'drop-oldest', maxBuffered: 1 })) {
  for (const { name, x, y } of data.players) console.log(`tick ${data.tick}: ${name} is at ${x}, ${y}`)
  if (++shown === 5) break
}
client.close()
