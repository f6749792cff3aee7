import { binary, channel, defineApi, event, request, route, stream, Type, text } from '@wirepact/schema'

const Value = Type.Object({ value: Type.Integer() })
const Close = Type.Object({ code: Type.Integer(), reason: Type.String() })
const lab = { lab: Type.String({ pattern: '^[a-z-]{1,32}$' }) }

/** Everything that a client does, in one route, and the network between as another. */
export default defineApi({
  title: 'Platforms',
  version: '1.0.0',
  routes: {
    lab: route({
      path: '/labs/{lab}',
      params: Type.Object(lab),
      clientToServer: {
        /** Is told back as `noted`. */
        note: event({ data: Type.Object({ text: Type.String() }) }),
        put: event({ data: Value, delivery: 'acknowledged' }),
        /** Ends the connection from the server's side. */
        dismiss: event({ data: Close }),
        add: request({
          input: Type.Object({ a: Type.Integer(), b: Type.Integer() }),
          output: Type.Object({ sum: Type.Integer() }),
          errors: { TOO_LARGE: Type.Object({ max: Type.Integer() }) },
        }),
        /** Is never answered. */
        wait: request({}),
        reverse: request({ input: binary(), output: binary() }),
        /** Asks the client `confirm`, and answers with what came of it. */
        consult: request({ input: Type.Object({ question: Type.String() }), output: Type.String() }),
        /** Reads the client's `measure` until it is above `until`, and answers with all of it. */
        observe: request({
          input: Type.Object({ until: Type.Integer() }),
          output: Type.Array(Type.Integer()),
        }),
        count: stream({
          input: Type.Object({ to: Type.Integer() }),
          item: Value,
          errors: { NOTHING: Type.Object({}) },
        }),
      },
      serverToClient: {
        noted: event({ data: Type.Object({ text: Type.String() }) }),
        confirm: request({
          input: Type.Object({ question: Type.String() }),
          output: Type.Boolean(),
          errors: { BUSY: Type.Object({ until: Type.Integer() }) },
        }),
        measure: stream({ item: Value }),
      },
      channels: {
        shelf: channel({
          name: 'shelf/{lab}',
          join: 'open',
          messages: { placed: Value },
          history: { maxMessages: 20 },
        }),
      },
    }),
    vault: route({
      path: '/vault',
      auth: 'required',
      clientToServer: { whoami: request({ output: Type.String() }) },
    }),
    gate: route({
      path: '/gate',
      headers: Type.Object({ 'x-tenant': Type.Integer() }),
      cookies: Type.Object({ theme: Type.String() }),
      subprotocols: ['gate.v2', 'gate.v1'],
      clientToServer: {
        look: request({
          output: Type.Object({
            tenant: Type.Integer(),
            theme: Type.String(),
            subprotocols: Type.Array(Type.String()),
          }),
        }),
      },
    }),
    plain: route({
      description: 'Text and bytes as they are, told back in capitals and backwards.',
      path: '/plain',
      wire: 'bare',
      clientToServer: { line: event({ data: text() }), block: event({ data: binary() }) },
      serverToClient: { capitals: event({ data: text() }), backwards: event({ data: binary() }) },
    }),
    network: route({
      description: 'What is between the other routes and their server.',
      path: '/network',
      clientToServer: {
        /** Breaks every connection, and then publishes these values on the shelf of a lab. */
        cut: request({
          input: Type.Object({ ...lab, from: Type.Integer(), to: Type.Integer() }),
        }),
        place: request({ input: Type.Object({ ...lab, from: Type.Integer(), to: Type.Integer() }) }),
        /** Swallows everything from now on, or no more. */
        swallow: request({ input: Type.Boolean() }),
        report: request({
          input: Type.Object(lab),
          output: Type.Object({
            connections: Type.Integer(),
            open: Type.Integer(),
            put: Type.Array(Type.Integer()),
            stopped: Type.Integer(),
            tokens: Type.Array(Type.String()),
            closes: Type.Array(Close),
          }),
        }),
      },
    }),
  },
})
