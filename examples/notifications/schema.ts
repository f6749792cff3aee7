import { channel, defineApi, event, route, Type } from '@wirepact/schema'

const User = Type.String({ minLength: 1, maxLength: 32, description: 'Who somebody is.' })

const Notification = Type.Object(
  {
    id: Type.String(),
    from: User,
    text: Type.String(),
    at: Type.Integer({ description: 'Milliseconds since the Unix epoch.' }),
  },
  { $id: 'Notification', description: 'Something that one person should know.' },
)

export default defineApi({
  title: 'Notifications',
  version: '1.0.0',
  description: 'Notifications that stay unread until somebody has acknowledged them.',
  routes: {
    notifications: route({
      description: 'One device of one person.',
      path: '/notifications',
      query: Type.Object({ user: User }),
      clientToServer: {
        notify: event({
          description: 'Tells somebody something. Kept by the client until the server has it.',
          data: Type.Object({ to: User, text: Type.String({ minLength: 1, maxLength: 500 }) }),
          delivery: 'acknowledged',
        }),
        acknowledge: event({
          description: 'This person has read it, on whatever device.',
          data: Type.Object({ id: Type.String() }),
          delivery: 'acknowledged',
        }),
      },
      serverToClient: {
        unread: event({
          description: 'What waits for this person, oldest first. Sent whenever a device connects.',
          data: Type.Array(Notification),
        }),
      },
      channels: {
        inbox: channel({
          description: 'What happens in the inbox of one person, for all of their devices.',
          name: 'inbox/{user}',
          messages: { arrived: Notification, acknowledged: Type.Object({ id: Type.String() }) },
          history: { maxMessages: 200 },
        }),
      },
    }),
  },
})
