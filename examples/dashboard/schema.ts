import { channel, defineApi, event, request, route, Type } from '@wirepact/schema'

const At = Type.Integer({ description: 'Milliseconds since the Unix epoch.' })

const Sample = Type.Object(
  { metric: Type.String(), value: Type.Number(), at: At },
  { $id: 'Sample', description: 'What a metric was at one moment.' },
)

export default defineApi({
  title: 'Dashboard',
  version: '1.0.0',
  description: 'Live metrics of a service.',
  routes: {
    dashboard: route({
      path: '/dashboard',
      clientToServer: {
        range: request({
          description: 'What a metric was between two moments, thinned out to so many samples.',
          input: Type.Object({
            metric: Type.String(),
            from: At,
            to: At,
            maxSamples: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
          }),
          output: Type.Array(Sample),
          errors: { UNKNOWN_METRIC: Type.Object({ known: Type.Array(Type.String()) }) },
          idempotent: true,
        }),
      },
      serverToClient: {
        latest: event({
          description: 'The latest sample of every metric. Sent whenever somebody connects.',
          data: Type.Array(Sample),
        }),
      },
      channels: {
        metrics: channel({
          description: 'Every sample as it is taken.',
          name: 'metrics',
          messages: {
            // Whoever cannot keep up needs no old values: of each metric the newest is enough.
            sampled: event({ data: Sample, history: false, backpressure: 'latest', key: 'metric' }),
          },
        }),
      },
    }),
  },
})
