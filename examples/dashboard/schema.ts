import { channel, defineApi, request, route, Type } from '@wirepact/schema'

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
      channels: {
        metrics: channel({
          description: 'What every metric is now, and every sample as it is taken.',
          name: 'metrics',
          messages: { sampled: Sample },
          // Whoever comes, or comes back, begins with the newest sample of each metric.
          latest: { key: 'metric' },
        }),
      },
    }),
  },
})
