import { channel, defineApi, event, presence, request, route, stream, Type } from '@wirepact/schema'

const Text = Type.Object({ text: Type.String() })
const Person = Type.Object({ name: Type.String() })

export default defineApi({
  title: 'Town',
  version: '1.0.0',
  description: 'Everything that the simulation sees working at once.',
  routes: {
    town: route({
      path: '/town/{name}',
      params: Type.Object({ name: Type.String() }),
      auth: 'required',
      clientToServer: {
        put: event({ data: Type.Object({ number: Type.Integer() }), delivery: 'acknowledged' }),
        add: request({ input: Type.Array(Type.Integer()), output: Type.Integer() }),
        look: request({ input: Type.Integer(), output: Type.Integer(), idempotent: true }),
        count: stream({
          input: Type.Object({ flow: Type.Integer(), to: Type.Integer() }),
          item: Type.Integer(),
        }),
      },
      serverToClient: {
        confirm: request({ input: Type.Integer(), output: Type.Integer() }),
        watch: stream({
          input: Type.Object({ flow: Type.Integer(), to: Type.Integer() }),
          item: Type.Integer(),
        }),
      },
      channels: {
        square: channel({
          name: 'square',
          join: 'open',
          messages: { said: Text },
          history: { maxMessages: 12, replay: 2 },
          presence: presence({ data: Person, graceMs: 3_000 }),
        }),
        guild: channel({
          name: 'guild/{key}',
          join: 'guarded',
          messages: { said: Text },
          history: { maxBytes: 400 },
          presence: presence({ data: Person, by: 'user', graceMs: 2_000 }),
        }),
        council: channel({
          name: 'council',
          join: 'open',
          auth: ['elder'],
          messages: { said: Text },
          history: { ttlMs: 8_000 },
        }),
        prices: channel({
          name: 'prices',
          join: 'open',
          messages: { price: Type.Object({ good: Type.String(), text: Type.String() }) },
          latest: { key: 'good' },
        }),
        crowd: channel({ name: 'crowd', join: 'open', messages: {}, presence: presence({ show: 'count' }) }),
      },
    }),
  },
})
