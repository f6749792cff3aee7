import { channel, defineApi, event, presence, route, Type } from '@wirepact/schema'

const Quote = Type.Object({ symbol: Type.String(), price: Type.Number() })
const Person = Type.Object({ name: Type.String() })

export default defineApi({
  title: 'Hall',
  version: '1.0.0',
  description: 'Every way in which channels keep and tell.',
  routes: {
    hall: route({
      path: '/hall/{hallId}',
      params: Type.Object({ hallId: Type.String() }),
      query: Type.Object({ user: Type.Optional(Type.String()), name: Type.String() }),
      channels: {
        quotes: channel({
          name: 'quotes/{hallId}',
          join: 'open',
          messages: { quote: Quote, halted: event({ history: false }) },
          latest: { key: 'symbol', maxKeys: 3 },
        }),
        state: channel({
          name: 'state/{hallId}',
          join: 'open',
          messages: { phase: Type.String(), score: Type.Integer() },
          latest: true,
        }),
        people: channel({
          name: 'people/{hallId}',
          join: 'guarded',
          messages: { waved: Type.String() },
          presence: presence({ data: Person, by: 'user', graceMs: 1000 }),
        }),
        seats: channel({
          name: 'seats/{hallId}',
          join: 'open',
          messages: {},
          history: { maxMessages: 10 },
          presence: presence({ data: Person, graceMs: 1000 }),
        }),
        crowd: channel({
          name: 'crowd/{hallId}',
          join: 'open',
          messages: { cheered: Type.Integer() },
          presence: presence({ show: 'count' }),
        }),
      },
    }),
  },
})
