import { binary, defineApi, event, request, route, Type, text } from '@wirepact/schema'

export default defineApi({
  title: 'Echo',
  version: '1.0.0',
  description: 'Sends back what it is sent.',
  routes: {
    echo: route({
      description: 'Questions and answers: JSON and bytes.',
      path: '/echo',
      clientToServer: {
        json: request({
          description:
            'Any JSON, sent back as it is. Asked again when the connection broke before the answer.',
          input: Type.Unknown(),
          output: Type.Unknown(),
          idempotent: true,
        }),
        bytes: request({ description: 'Bytes, sent back as they are.', input: binary(), output: binary() }),
        repeat: request({
          description: 'A word, several times.',
          input: Type.Object({ word: Type.String({ minLength: 1 }), times: Type.Integer({ minimum: 0 }) }),
          output: Type.String(),
          errors: { TOO_LONG: Type.Object({ maxLength: Type.Integer() }) },
        }),
        fail: request({ description: 'Fails as a mistake in the code does.' }),
      },
    }),
    lines: route({
      description: 'Text alone, for clients that know nothing of Wirepact.',
      path: '/lines',
      wire: 'bare',
      clientToServer: { line: event({ data: text({ maxLength: 1000 }) }) },
      serverToClient: { echo: event({ data: text() }) },
    }),
  },
})
