import { createClient } from './generated/client.js'

const client = createClient(process.env.SERVER_URL ?? 'ws://localhost:8000')
const ada = client.lot({ params: { lotId: 'vase' }, query: { name: 'ada' } })
const bob = client.lot({ params: { lotId: 'vase' }, query: { name: 'bob' } })

bob.channels.bidding().on('raised', ({ bidder, amount }) => console.log(`${bidder} offers ${amount}`))

const { title, highest } = await ada.look()
console.log(`${title}: ${highest === null ? 'no bid yet' : highest.amount}`)

const amount = (highest?.amount ?? 900) + 100
await ada.bid({ amount })
const refused = await bob.bid.safe({ amount })
if (!refused.ok && refused.error.code === 'TOO_LOW') {
  const { minimum } = refused.error.data
  console.log(`bob has to offer ${minimum}`)
  await bob.bid({ amount: minimum })
}
client.close()
