import { channel, defineApi, event, param, route, Type } from '@wirepact/schema'

const Direction = Type.Integer({ minimum: -1, maximum: 1 })

export default defineApi({
  title: 'Game',
  version: '1.0.0',
  description: 'A field on which everybody runs about.',
  routes: {
    game: route({
      description: 'One player on one field.',
      path: '/fields/{fieldId}',
      params: Type.Object({ fieldId: param.slug() }),
      query: Type.Object({ name: Type.String({ minLength: 1, maxLength: 16 }) }),
      clientToServer: {
        steer: event({
          description:
            'Where this player runs from the next tick on. Only the last word before a tick counts.',
          data: Type.Object({ x: Direction, y: Direction }),
          rateLimit: { perSecond: 60, burst: 60 },
        }),
      },
      channels: {
        field: channel({
          name: 'fields/{fieldId}',
          messages: {
            // The newest state says everything: a player who falls behind skips the others.
            state: event({
              data: Type.Object({
                tick: Type.Integer(),
                players: Type.Array(
                  Type.Object({
                    id: Type.String(),
                    name: Type.String(),
                    x: Type.Integer(),
                    y: Type.Integer(),
                  }),
                ),
              }),
              backpressure: 'latest',
            }),
          },
        }),
      },
    }),
  },
})
