import { channel, defineApi, event, presence, request, route, Type } from '@wirepact/schema'

export default defineApi({
  title: 'Hall',
  version: '1.0.0',
  routes: {
    hall: route({
      path: '/hall/{hallId}',
      params: Type.Object({ hallId: Type.String() }),
      query: Type.Object({ name: Type.String() }),
      clientToServer: {
        /** Says this many numbers, one after the other. */
        count: event({ data: Type.Object({ to: Type.Integer() }) }),
        rename: request({
          input: Type.Object({ name: Type.String() }),
          output: Type.Object({ name: Type.String() }),
          errors: { NAME_TAKEN: Type.Object({ suggestion: Type.String() }) },
        }),
      },
      serverToClient: { greeted: event({ data: Type.Object({ name: Type.String() }) }) },
      channels: {
        floor: channel({
          name: 'floor/{hallId}',
          messages: {
            counted: Type.Object({ value: Type.Integer() }),
            noted: Type.Object({ text: Type.String() }),
          },
          history: { maxMessages: 200, replay: 20 },
          presence: Type.Object({ name: Type.String() }),
        }),
        news: channel({
          name: 'news/{topic}',
          join: 'open',
          messages: { headline: Type.Object({ text: Type.String() }) },
          history: { maxMessages: 20 },
        }),
        seats: channel({
          name: 'seats/{hallId}',
          join: 'open',
          messages: {},
          presence: Type.Object({ seat: Type.Integer() }),
        }),
        crowd: channel({
          name: 'crowd/{hallId}',
          join: 'open',
          messages: { cheered: Type.Object({ text: Type.String() }) },
          history: { maxMessages: 20 },
          presence: presence({ show: 'count' }),
        }),
        gate: channel({ name: 'gate/{hallId}', messages: {}, presence: presence({ show: 'count' }) }),
      },
    }),
    clock: route({ path: '/clock', serverToClient: { tick: event({ data: Type.Integer() }) } }),
  },
})
