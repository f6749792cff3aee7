import { channel, defineApi, event, request, route, Type } from '@wirepact/schema'

const Text = Type.Object({ text: Type.String({ minLength: 1, maxLength: 100 }) })
const Person = Type.Object({ name: Type.String() })

export default defineApi({
  title: 'Laboratory',
  version: '1.0.0',
  description: 'Everything that the tests of the runtime need.',
  routes: {
    lab: route({
      path: '/lab/{roomId}',
      params: Type.Object({ roomId: Type.String({ pattern: '^[a-z]{1,8}$' }) }),
      query: Type.Object({
        name: Type.String({ minLength: 1 }),
        level: Type.Optional(Type.Integer({ minimum: 0 })),
        tags: Type.Optional(Type.Array(Type.String(), { maxItems: 2 })),
      }),
      clientToServer: {
        say: event({ data: Text }),
        whisper: event({ data: Text }),
        fail: event(),
        add: request({
          input: Type.Object({ a: Type.Number(), b: Type.Number() }),
          output: Type.Object({ sum: Type.Number() }),
          errors: { TOO_LARGE: Type.Object({ max: Type.Number() }) },
        }),
        run: request({ input: Type.Object({ what: Type.String() }), output: Type.Unknown() }),
        tree: request({ input: Type.Unknown(), output: Type.Integer() }),
      },
      serverToClient: { notice: event({ data: Text }) },
      channels: {
        room: channel({
          name: 'room/{roomId}',
          messages: { said: Text, typing: event({ data: Person, history: false }) },
          history: { maxMessages: 5 },
          presence: Person,
        }),
        feed: channel({ name: 'feed/{topic}', join: 'open', messages: { item: Text } }),
        log: channel({
          name: 'log/{topic}',
          join: 'open',
          messages: { line: Text },
          history: { maxMessages: 100, replay: 2 },
        }),
        vault: channel({
          name: 'vault/{key}',
          join: 'guarded',
          messages: { opened: Text },
          history: { maxMessages: 10 },
          presence: Person,
        }),
      },
    }),
    plain: route({ path: '/plain', clientToServer: { ping: request({ output: Type.Literal('pong') }) } }),
  },
})
