import { createClient } from './generated/client.js'

// npm run client "How are you?"
const [text = 'Hello'] = process.argv.slice(2)

const client = createClient(process.env.URL ?? 'ws://localhost:8000')
const echo = client.echo()

const reply = await echo.echo({ text })
console.log(`${reply.text} (${reply.length})`)

for await (const { letter } of echo.letters({ text })) console.log(letter)

echo.on('shouted', ({ text: loud }) => {
  console.log(loud)
  client.close()
})
echo.shout({ text })
