import { createClient } from './generated/client.js'
import { toPieces, toSha256 } from './images.js'
import { Thermostat } from './thermostat.js'

const client = createClient(process.env.SERVER_URL ?? 'ws://localhost:8000')

// The device.
const device = client.device({ params: { deviceId: 'attic' } })
const thermostat = new Thermostat(device)
await device.ready()

// The operator, who may be anywhere else.
const operator = client.operator()
console.log('connected devices:', await operator.list())
console.log('adjusted:', await operator.adjust({ deviceId: 'attic', celsius: 18 }))

let read = 0
for await (const { celsius } of operator.telemetry({ deviceId: 'attic', everyMs: 50 })) {
  console.log(`the attic has ${celsius} degrees`)
  if (++read === 3) break
}

const image = new Uint8Array(100_000).fill(7)
operator.handle('image', () => toPieces(image))
await operator.upload({ version: '1.1.0', sha256: toSha256(image) })
await operator.install({ deviceId: 'attic', version: '1.1.0' })
console.log(`the attic runs ${thermostat.version}`)
client.close()
