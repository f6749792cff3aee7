import { createClient } from './generated/client.js'

// npm run client 5: watches until there were five samples.
const [count = '10'] = process.argv.slice(2)

const client = createClient(process.env.URL ?? 'ws://localhost:8000')
const dashboard = client.dashboard()
await dashboard.setPace({ everyMs: 500 })

let seen = 0
dashboard.channels.samples().on('taken', ({ at, memoryBytes, connections }) => {
  const megabytes = (memoryBytes / 1024 / 1024).toFixed(1)
  console.log(`${new Date(at).toISOString()}  ${megabytes} MB  ${connections} watching`)
  seen++
  if (seen >= Number(count)) client.close()
})
