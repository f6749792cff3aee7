import { createClient } from './generated/client.js'

const client = createClient(process.env.SERVER_URL ?? 'ws://localhost:8000')
const echo = client.echo()

console.log('JSON:', await echo.json({ any: ['JSON', 1, null] }))
console.log('bytes:', await echo.bytes(Uint8Array.of(1, 2, 3)))
console.log('a word:', await echo.repeat({ word: 'ha', times: 3 }))

const refused = await echo.repeat.safe({ word: 'ha', times: 1_000_000 })
if (!refused.ok && refused.error.code === 'TOO_LONG') {
  console.log(`too long: ${refused.error.data.maxLength} characters are allowed`)
}

const failed = await echo.fail.safe(undefined)
if (!failed.ok) console.log(`a mistake in the handler is ${failed.error.code} here`)

const lines = client.lines()
lines.on('echo', (text) => {
  console.log('text:', text)
  client.close()
})
lines.line('no envelope at all')
