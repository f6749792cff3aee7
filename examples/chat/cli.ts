import { parseArgs } from 'node:util'
import { Conversation } from './cli/conversation.js'
import { sayOnce } from './cli/say-once.js'
import { createClient } from './generated/client.js'

const usage = `Chat on the command line.

  --url URL     the server (default ws://localhost:8000)
  --room ROOM   the room (default lobby)
  --name NAME   what you are called (default: your user name)
  --say TEXT    say one line and exit
  --help        this text

While chatting: /name NAME, /who, /quit.`

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'ws://localhost:8000' },
    room: { type: 'string', default: 'lobby' },
    name: { type: 'string', default: process.env.USER || 'someone' },
    say: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

// Whoever reads what is printed may stop reading, as `head` does.
process.stdout.on('error', () => process.exit(0))

if (values.help) {
  console.log(usage)
} else {
  const client = createClient(values.url)
  const place = { room: values.room, name: values.name }
  try {
    if (values.say === undefined) await new Conversation(client, place).run()
    else await sayOnce(client, place, values.say)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  } finally {
    client.close()
  }
}
