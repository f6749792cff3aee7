import { binary, channel, defineApi, event, param, request, route, Type } from '@wirepact/schema'

const show = { showId: param.slug() }
const Line = Type.Object(
  { from: Type.String(), text: Type.String({ minLength: 1, maxLength: 500 }) },
  { $id: 'Line', description: 'What a viewer said.' },
)

const picture = channel({
  description: 'The picture, frame by frame.',
  name: 'shows/{showId}/picture',
  // A viewer whose network is slow sees fewer frames, and is never behind.
  messages: { frame: event({ data: binary({ maxBytes: 500_000 }), backpressure: 'drop' }) },
})

export default defineApi({
  title: 'Live',
  version: '1.0.0',
  description: 'A picture that many people watch, and a chat beside it.',
  routes: {
    studio: route({
      description: 'Where the picture comes from.',
      path: '/shows/{showId}/studio',
      params: Type.Object(show),
      clientToServer: {
        frame: event({
          description: 'One frame, as the codec made it.',
          data: binary({ maxBytes: 500_000 }),
        }),
      },
      serverToClient: {
        audience: event({ description: 'How many watch.', data: Type.Object({ viewers: Type.Integer() }) }),
      },
    }),
    viewer: route({
      description: 'One of those who watch.',
      path: '/shows/{showId}',
      params: Type.Object(show),
      query: Type.Object({ name: Type.String({ minLength: 1, maxLength: 32 }) }),
      clientToServer: {
        say: request({
          input: Type.Object({ text: Type.String({ minLength: 1, maxLength: 500 }) }),
          rateLimit: { perSecond: 2, burst: 10 },
        }),
      },
      channels: {
        picture,
        chat: channel({
          description: 'What viewers say. Nothing of it is ever lost.',
          name: 'shows/{showId}/chat',
          messages: { said: Line },
          history: { maxMessages: 500, replay: 20 },
          presence: Type.Object({ name: Type.String() }),
        }),
      },
    }),
  },
})
