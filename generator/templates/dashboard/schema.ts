import { channel, defineApi, request, route, Type } from '@wirepact/schema'

// A type that several messages share. Descriptions become the documentation of the generated code.
const Sample = Type.Object(
  {
    at: Type.Integer({ description: 'When it was taken, in milliseconds since the Unix epoch.' }),
    memoryBytes: Type.Integer({ minimum: 0, description: 'What the process holds, in bytes.' }),
    connections: Type.Integer({ minimum: 0, description: 'How many people watch.' }),
  },
  { description: 'How the server is at one moment.' },
)

export default defineApi({
  title: 'Dashboard',
  version: '1.0.0',
  routes: {
    // One kind of connection: ws://localhost:8000/dashboard
    dashboard: route({
      path: '/dashboard',
      clientToServer: {
        setPace: request({
          description: 'Changes how often samples are taken, for everybody.',
          input: Type.Object({ everyMs: Type.Integer({ minimum: 100, maximum: 60_000 }) }),
          output: Type.Object({ everyMs: Type.Integer() }),
        }),
      },
      channels: {
        // Whoever listens is a member; who comes late sees the last minute, and who comes back misses nothing.
        samples: channel({
          name: 'samples',
          join: 'open',
          messages: { taken: Sample },
          history: { maxMessages: 600, ttlMs: 600_000, replay: 60 },
        }),
      },
    }),
  },
})
