import { channel, defineApi, event, request, route, Type } from '@wirepact/schema'

const Name = Type.String({
  minLength: 1,
  maxLength: 32,
  pattern: '^\\S(.*\\S)?$',
  description: 'What a person is called.',
})

const Line = Type.Object(
  {
    id: Type.String({ description: 'Unique within the room.' }),
    from: Name,
    text: Type.String({ minLength: 1, maxLength: 2000 }),
    at: Type.Integer({ description: 'When it was said, in milliseconds since the Unix epoch.' }),
  },
  { description: 'One line of chat.' },
)

const Typing = Type.Object({ from: Name }, { description: 'Somebody is writing at this moment.' })

const Person = Type.Object({ name: Name }, { description: 'Somebody who is in the room.' })

export default defineApi({
  title: 'Chat',
  version: '1.0.0',
  description: 'Rooms to talk in, with history, presence and typing notices.',
  routes: {
    chat: route({
      description: 'One room, seen by one person.',
      path: '/chat/{roomId}',
      params: Type.Object({ roomId: Type.String({ pattern: '^[a-z0-9-]{1,64}$' }) }),
      query: Type.Object({ name: Name }),
      clientToServer: {
        say: request({
          description: 'Says a line to the room.',
          input: Type.Object({ text: Type.String({ minLength: 1, maxLength: 2000 }) }),
          output: Line,
        }),
        typing: event({ description: 'Tells the room that this person is writing.' }),
        rename: request({
          description: 'Takes another name.',
          input: Type.Object({ name: Name }),
          output: Type.Object({ name: Name }),
          errors: { NAME_TAKEN: Type.Object({ suggestion: Name }) },
        }),
      },
      serverToClient: {
        notice: event({
          description: 'Something this person should know.',
          data: Type.Object({ text: Type.String() }),
        }),
      },
      channels: {
        room: channel({
          description: 'What is said in one room.',
          name: 'room/{roomId}',
          messages: { said: Line, typing: event({ data: Typing, history: false }) },
          history: { maxMessages: 500, ttlMs: 7 * 86_400_000, replay: 50 },
          presence: Person,
        }),
      },
    }),
  },
})
