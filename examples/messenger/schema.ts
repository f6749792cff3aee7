import { channel, defineApi, event, param, presence, request, route, Type } from '@wirepact/schema'

const Name = Type.String({ pattern: '^[A-Za-z0-9-]{1,32}$', description: 'What a person is called.' })
const Text = Type.String({ minLength: 1, maxLength: 2000 })
const At = Type.Integer({ description: 'Milliseconds since the Unix epoch.' })
const Room = { roomId: param.slug() }

const Line = Type.Object(
  { id: Type.String(), from: Name, text: Text, at: At },
  { $id: 'Line', description: 'Something that somebody said.' },
)

const Reaction = Type.Object(
  {
    line: Type.String({ description: 'The id of the line.' }),
    from: Name,
    emoji: Type.String({ maxLength: 16 }),
  },
  { description: 'What somebody thinks of a line.' },
)

const notHere = { NOT_HERE: Type.Object({}, { description: 'Only members of a room may do this.' }) }

export default defineApi({
  title: 'Messenger',
  version: '1.0.0',
  description: 'Rooms and direct messages over one connection.',
  routes: {
    messenger: route({
      description: 'One person, in as many rooms as they like.',
      path: '/messenger',
      query: Type.Object({ name: Name }),
      clientToServer: {
        say: request({
          description:
            "Says something to a room. The id is the caller's own: said twice with it is said once.",
          input: Type.Object({ ...Room, id: param.uuid(), text: Text }),
          output: Line,
          errors: notHere,
          idempotent: true,
          rateLimit: { perSecond: 10, burst: 100 },
        }),
        tell: request({
          description: 'Says something to one person. Whoever is away hears of it later.',
          input: Type.Object({ to: Name, text: Text }),
          output: Line,
        }),
        react: request({
          input: Type.Object({
            ...Room,
            line: Type.String(),
            emoji: Type.String({ minLength: 1, maxLength: 16 }),
          }),
          errors: notHere,
        }),
        typing: event({ description: 'Is writing at this moment.', data: Type.Object(Room) }),
      },
      channels: {
        room: channel({
          description: 'One room: whoever subscribes is in it.',
          name: 'room/{roomId}',
          params: Type.Object(Room),
          join: 'open',
          messages: {
            said: Line,
            reacted: Reaction,
            typing: event({ data: Type.Object({ from: Name }), history: false }),
          },
          history: { maxMessages: 1000, replay: 50 },
          // A person with two tabs is here once, and one whose network fails for a moment does not leave.
          presence: presence({
            data: Type.Object({ mood: Type.Optional(Type.Enum(['away', 'busy'])) }),
            by: 'user',
            graceMs: 5000,
          }),
        }),
        direct: channel({
          description: 'What one person was told.',
          name: 'direct/{name}',
          messages: { told: Line },
          history: { maxMessages: 200, replay: 50 },
        }),
      },
    }),
  },
})
