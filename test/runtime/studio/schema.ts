import {
  binary,
  channel,
  defineApi,
  event,
  param,
  request,
  route,
  router,
  stream,
  Type,
  text,
} from '@wirepact/schema'

const Slide = Type.Object({ number: Type.Integer() })

export default defineApi({
  title: 'Studio',
  version: '1.0.0',
  description: 'Every construct of the language, as generated code hands it to the runtime.',
  routes: {
    admin: router({
      prefix: '/admin',
      auth: ['admin'],
      headers: Type.Object({ 'x-tenant': Type.Integer() }),
      routes: {
        studio: route({
          path: '/studio/{path*}',
          params: Type.Object({ path: param.rest() }),
          cookies: Type.Object({ theme: Type.String() }),
          subprotocols: ['studio.v1'],
          clientToServer: {
            slides: stream({
              input: Type.Object({ from: Type.Integer() }),
              item: Slide,
              errors: { EMPTY: Type.Object({ size: Type.Integer() }) },
            }),
            upload: request({ input: binary({ maxBytes: 1000 }), output: binary() }),
            put: event({ data: Slide, delivery: 'acknowledged', rateLimit: { perSecond: 100, burst: 100 } }),
            erase: request({ auth: ['admin', 'erase'] }),
          },
          serverToClient: {
            confirm: request({
              input: Type.Object({ question: Type.String() }),
              output: Type.Boolean(),
              errors: { BUSY: Type.Object({ until: Type.Integer() }) },
            }),
            record: stream({ item: binary() }),
            picture: event({ data: binary(), backpressure: 'drop' }),
          },
          channels: {
            shelf: channel({
              name: 'shelf/{number}',
              join: 'open',
              params: Type.Object({ number: Type.Integer({ minimum: 1 }) }),
              messages: {
                cover: binary(),
                shown: event({ data: Slide, history: false, backpressure: 'latest', key: 'number' }),
              },
              history: { maxMessages: 10 },
            }),
          },
        }),
      },
    }),
    robot: route({
      path: '/robot',
      wire: 'bare',
      clientToServer: {
        move: event({ data: Type.Object({ op: Type.Literal('move'), x: Type.Number() }) }),
        stop: event({ data: Type.Object({ op: Type.Literal('stop') }) }),
        frame: event({ data: binary() }),
      },
      serverToClient: { line: event({ data: text({ maxLength: 20 }) }) },
    }),
  },
})
