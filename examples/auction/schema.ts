import { channel, defineApi, param, request, route, Type } from '@wirepact/schema'

const Amount = Type.Integer({ minimum: 1, description: 'In cents.' })
const Name = Type.String({ minLength: 1, maxLength: 32 })
const At = Type.Integer({ description: 'Milliseconds since the Unix epoch.' })

const Bid = Type.Object(
  { bidder: Name, amount: Amount, at: At },
  { $id: 'Bid', description: 'A bid that was taken.' },
)

export default defineApi({
  title: 'Auction',
  version: '1.0.0',
  description: 'Lots that go to the highest bidder.',
  routes: {
    lot: route({
      description: 'One lot, seen by one bidder.',
      path: '/lots/{lotId}',
      params: Type.Object({ lotId: param.slug() }),
      query: Type.Object({ name: Name }),
      clientToServer: {
        bid: request({
          description: 'Offers so much. The same offer asked twice is taken once.',
          input: Type.Object({ amount: Amount }),
          output: Bid,
          errors: {
            TOO_LOW: Type.Object({ minimum: Amount }, { description: 'Somebody offers more already.' }),
            CLOSED: Type.Object({ winner: Type.Union([Bid, Type.Null()]) }, { description: 'It is over.' }),
          },
          idempotent: true,
        }),
        look: request({
          description: 'How the lot stands.',
          output: Type.Object({
            title: Type.String(),
            highest: Type.Union([Bid, Type.Null()]),
            closesAt: At,
          }),
          idempotent: true,
        }),
      },
      channels: {
        bidding: channel({
          description: 'Every bid that was taken, in order, and how it ended.',
          name: 'lots/{lotId}',
          messages: { raised: Bid, closed: Type.Object({ winner: Type.Union([Bid, Type.Null()]) }) },
          history: { maxMessages: 100, replay: 10 },
        }),
      },
    }),
  },
})
