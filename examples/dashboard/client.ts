import { createClient } from './generated/client.js'

const client = createClient(process.env.SERVER_URL ?? 'ws://localhost:8000')
const dashboard = client.dashboard()

let seen = 0
for await (const { data, info } of dashboard.channels.metrics().messages()) {
  console.log(`${data.metric} ${info.replayed ? 'was' : 'is'} ${data.value}`)
  if (++seen === 6) break
}

const now = Date.now()
const samples = await dashboard.range({ metric: 'heap', from: now - 60_000, to: now, maxSamples: 10 })
console.log(`${samples.length} samples of the last minute`)
client.close()
