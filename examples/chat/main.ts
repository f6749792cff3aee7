import { fileURLToPath } from 'node:url'
import { type ChatServer, startChatServer } from './server.js'

const port = Number(process.env.PORT || 8000)
const databaseFile = process.env.CHAT_DB || fileURLToPath(new URL('../data/chat.db', import.meta.url))

/** One sentence for what a person can do something about; everything else with its stack. */
function explain(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken: stop what listens there, or choose another by PORT.`
  if (code === 'EACCES') return `Port ${port} may not be used here: choose another by PORT.`
  return error
}

function stopOnSignal(server: ChatServer): void {
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

if (Number.isInteger(port) && port >= 0 && port <= 65_535) {
  try {
    const server = await startChatServer({ port, databaseFile })
    stopOnSignal(server)
    console.log(`http://localhost:${server.port}`)
    console.log('ready')
  } catch (error) {
    console.error(explain(error))
    process.exit(1)
  }
} else {
  console.error(`PORT has to be a number from 0 to 65535, and is ${process.env.PORT}.`)
  process.exit(1)
}
