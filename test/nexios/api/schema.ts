import { binary, defineApi, event, param, request, route, router, Type, text } from '@wirepact/schema'
import { places } from './places.js'
import { room } from './rooms.js'

const ping = { clientToServer: { ping: request({ output: Type.String() }) } }

/** What the rows of the seed system are shown on: composed of lists and routers of several files. */
export default defineApi({
  title: 'Rows',
  version: '1.0.0',
  routes: [
    room,
    ...places,
    router({
      prefix: '/ws',
      routes: [
        route({ name: 'wsRoot', path: '/', ...ping }),
        route({ name: 'wsChat', path: '/chat', ...ping }),
        router({
          prefix: '/teams/{teamId}',
          params: Type.Object({ teamId: param.integer() }),
          routes: [route({ name: 'wsTeam', path: '/notices', ...ping })],
        }),
      ],
    }),
    // The same prefix once more: it adds to the first one.
    router({ prefix: '/ws', routes: [route({ name: 'wsExtra', path: '/extra', ...ping })] }),
    route({
      name: 'talk',
      path: '/talk',
      wire: 'bare',
      clientToServer: { said: event({ data: text({ maxLength: 20 }) }), raw: event({ data: binary() }) },
      serverToClient: { echo: event({ data: text() }), back: event({ data: binary() }) },
    }),
    route({
      name: 'dictation',
      path: '/dictation',
      wire: 'bare',
      clientToServer: { spoken: event({ data: text() }) },
      serverToClient: { written: event({ data: text() }) },
    }),
    route({ name: 'members', path: '/members', auth: 'required', ...ping }),
  ],
})
