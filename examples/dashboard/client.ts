import { createClient } from './generated/client.js'

const client = createClient(process.env.SERVER_URL ?? 'ws://localhost:8000')
const dashboard = client.dashboard()

dashboard.on('latest', (samples) => {
  for (const { metric, value } of samples) console.log(`${metric} is ${value}`)
})

let seen = 0
for await (const { data } of dashboard.channels.metrics().messages()) {
  console.log(`${data.metric} is ${data.value} now`)
  if (++seen === 4) break
}

const now = Date.now()
const samples = await dashboard.range({ metric: 'heap', from: now - 60_000, to: now, maxSamples: 10 })
console.log(`${samples.length} samples of the last minute`)
client.close()
