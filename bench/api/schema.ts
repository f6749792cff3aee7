import { channel, defineApi, request, route, Type } from '@wirepact/schema'

const Order = Type.Object({
  symbol: Type.String({ minLength: 1, maxLength: 16 }),
  side: Type.Enum(['buy', 'sell']),
  quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  price: Type.Number({ minimum: 0 }),
  note: Type.Optional(Type.String({ maxLength: 200 })),
})

const Receipt = Type.Object({ id: Type.Integer(), symbol: Type.String(), total: Type.Number() })

/** `at` is when it was published, in milliseconds of the machine's steady clock. */
const Tick = Type.Object({
  at: Type.Number(),
  symbol: Type.String({ minLength: 1, maxLength: 16 }),
  price: Type.Number({ minimum: 0 }),
  volume: Type.Integer({ minimum: 0 }),
  text: Type.String({ maxLength: 4000 }),
})

/** What every library of the benchmark serves: one request, and one feed of ticks. */
export default defineApi({
  title: 'Benchmark',
  version: '1.0.0',
  routes: {
    market: route({
      path: '/market',
      clientToServer: { order: request({ input: Order, output: Receipt }) },
      channels: {
        feed: channel({ name: 'feed', join: 'open', messages: { tick: Tick } }),
        kept: channel({
          name: 'kept',
          join: 'open',
          messages: { tick: Tick },
          history: { maxMessages: 1000 },
        }),
      },
    }),
  },
})
