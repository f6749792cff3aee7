import { defineApi, event, request, route, stream, Type } from '@wirepact/schema'

export default defineApi({
  title: 'Echo',
  version: '1.0.0',
  routes: {
    // One kind of connection: ws://localhost:8000/echo
    echo: route({
      path: '/echo',
      clientToServer: {
        // A request has one reply.
        echo: request({
          description: 'Answers with what it was given.',
          input: Type.Object({ text: Type.String({ maxLength: 1000 }) }),
          output: Type.Object({ text: Type.String(), length: Type.Integer() }),
        }),
        // A stream has many, as fast as the other side reads them.
        letters: stream({
          description: 'Answers letter by letter.',
          input: Type.Object({ text: Type.String({ maxLength: 1000 }) }),
          item: Type.Object({ letter: Type.String() }),
        }),
        // An event has none.
        shout: event({ data: Type.Object({ text: Type.String({ maxLength: 1000 }) }) }),
      },
      serverToClient: {
        shouted: event({ data: Type.Object({ text: Type.String() }) }),
      },
    }),
  },
})
