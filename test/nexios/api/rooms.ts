import { binary, channel, event, param, presence, request, route, stream, Type } from '@wirepact/schema'

const Text = Type.Object({ text: Type.String({ minLength: 1, maxLength: 200 }) })
const Person = Type.Object({ name: Type.String(), mood: Type.Optional(Type.Enum(['away', 'busy'])) })

export const room = route({
  name: 'room',
  path: '/rooms/{roomId}',
  params: Type.Object({ roomId: param.slug() }),
  query: Type.Object({ name: Type.String({ minLength: 1 }), age: Type.Optional(Type.Integer()) }),
  headers: Type.Object({ 'x-app': Type.Optional(Type.String()) }),
  cookies: Type.Object({ theme: Type.Optional(Type.String()) }),
  subprotocols: ['rooms.v2', 'rooms.v1'],
  state: Type.Object({ said: Type.Integer({ default: 0 }) }),
  clientToServer: {
    say: event({ data: Text }),
    note: event({ data: Text, delivery: 'acknowledged' }),
    fail: event(),
    often: event({ rateLimit: { perSecond: 0.001, burst: 2 } }),
    ask: request({ input: Text, output: Text, errors: { RUDE: Type.Object({ word: Type.String() }) } }),
    run: request({ input: Type.Object({ what: Type.String() }), output: Type.Unknown() }),
    number: request({ input: Type.Number(), output: Type.Number() }),
    bytes: request({ input: binary({ maxBytes: 1000 }), output: binary() }),
    secret: request({ auth: ['admin'] }),
    count: stream({ input: Type.Object({ to: Type.Integer() }), item: Type.Integer() }),
  },
  serverToClient: {
    notice: event({ data: Text }),
    confirm: request({ input: Text, output: Type.Boolean() }),
  },
  channels: {
    room: channel({
      name: 'room/{roomId}',
      messages: { said: Text, typing: event({ data: Person, history: false }) },
      history: { maxMessages: 5, maxBytes: 1000, ttlMs: 60_000 },
      presence: Person,
    }),
    people: channel({
      name: 'people',
      messages: {},
      presence: presence({ data: Person, by: 'user', graceMs: 1500 }),
    }),
    vault: channel({
      name: 'vault/{key}',
      params: Type.Object({ key: param.slug() }),
      join: 'guarded',
      auth: ['admin'],
      messages: { opened: Text },
      history: { maxMessages: 10 },
    }),
  },
})
