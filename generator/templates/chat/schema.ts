import { channel, defineApi, event, request, route, Type } from '@wirepact/schema'

// A type that several messages share. Descriptions become the documentation of the generated code.
const Line = Type.Object(
  {
    from: Type.String(),
    text: Type.String({ minLength: 1, maxLength: 2000 }),
    at: Type.Integer({ description: 'When it was said, in milliseconds since the Unix epoch.' }),
  },
  { description: 'One line of chat.' },
)

export default defineApi({
  title: 'Chat',
  version: '1.0.0',
  routes: {
    // One kind of connection: ws://localhost:8000/chat/lobby?name=ada
    chat: route({
      path: '/chat/{roomId}',
      params: Type.Object({ roomId: Type.String({ pattern: '^[a-z0-9-]{1,64}$' }) }),
      query: Type.Object({ name: Type.String({ minLength: 1, maxLength: 32 }) }),

      // What a client can send: events go one way, requests have a reply.
      clientToServer: {
        say: event({ data: Type.Object({ text: Type.String({ minLength: 1, maxLength: 2000 }) }) }),
        rename: request({
          input: Type.Object({ name: Type.String({ minLength: 1, maxLength: 32 }) }),
          output: Type.Object({ name: Type.String() }),
          errors: { NAME_TAKEN: Type.Object({ suggestion: Type.String() }) },
        }),
      },

      // What the server can send to one client.
      serverToClient: {
        notice: event({ data: Type.Object({ text: Type.String() }) }),
      },

      // What everybody in a room sees, in the same order, also after a reconnect.
      channels: {
        room: channel({
          name: 'room/{roomId}',
          messages: { said: Line },
          history: { maxMessages: 500, replay: 50 },
          presence: Type.Object({ name: Type.String() }),
        }),
      },
    }),
  },
})
