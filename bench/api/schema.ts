import { channel, defineApi, event, request, route, Type } from '@wirepact/schema'

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

const Indices = Type.Array(Type.Integer({ minimum: 0 }), { minItems: 2, maxItems: 2 })

const Author = Type.Object({
  id: Type.Integer({ minimum: 1 }),
  name: Type.String({ maxLength: 50 }),
  screenName: Type.String({ pattern: '^[A-Za-z0-9_]{1,15}$', examples: ['wirepact'] }),
  location: Type.Union([Type.String(), Type.Null()]),
  description: Type.String({ maxLength: 160 }),
  followers: Type.Integer({ minimum: 0 }),
  friends: Type.Integer({ minimum: 0 }),
  isVerified: Type.Boolean(),
  language: Type.String({ minLength: 2, maxLength: 8 }),
  backgroundColor: Type.String({ pattern: '^[0-9A-F]{6}$', examples: ['C0DEED'] }),
})

/** A post as social networks deliver them: nested, with lists, many fields, and some that may be null. */
const Post = Type.Object({
  id: Type.Integer({ minimum: 1 }),
  createdAt: Type.String({ maxLength: 40 }),
  text: Type.String({ maxLength: 280 }),
  source: Type.String(),
  isTruncated: Type.Boolean(),
  inReplyTo: Type.Union([Type.Integer(), Type.Null()]),
  author: Author,
  entities: Type.Object({
    hashtags: Type.Array(Type.Object({ text: Type.String(), indices: Indices })),
    links: Type.Array(Type.Object({ url: Type.String(), shown: Type.String(), indices: Indices })),
    mentions: Type.Array(
      Type.Object({ id: Type.Integer(), screenName: Type.String(), name: Type.String(), indices: Indices }),
    ),
  }),
  reposts: Type.Integer({ minimum: 0 }),
  likes: Type.Integer({ minimum: 0 }),
  language: Type.Optional(Type.String()),
})

/** What every library of the benchmark serves: one request, and one feed of ticks. */
export default defineApi({
  title: 'Benchmark',
  version: '1.0.0',
  routes: {
    market: route({
      path: '/market',
      clientToServer: { order: request({ input: Order, output: Receipt }), post: event({ data: Post }) },
      channels: {
        feed: channel({ name: 'feed', join: 'open', messages: { tick: Tick } }),
        kept: channel({
          name: 'kept',
          join: 'open',
          messages: { tick: Tick },
          history: { maxMessages: 1000 },
        }),
        archive: channel({
          name: 'archive',
          join: 'open',
          messages: { tick: Tick },
          history: { maxMessages: 1_000_000, maxBytes: 1_000_000_000 },
        }),
      },
    }),
  },
})
