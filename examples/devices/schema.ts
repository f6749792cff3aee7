import { binary, defineApi, param, request, route, stream, Type } from '@wirepact/schema'

const Reading = Type.Object(
  { celsius: Type.Number(), at: Type.Integer({ description: 'Milliseconds since the Unix epoch.' }) },
  { $id: 'Reading', description: 'What a device has measured.' },
)
const Version = Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+$' })
const device = { deviceId: param.slug() }
const offline = { OFFLINE: Type.Object({}, { description: 'The device is not connected.' }) }

export default defineApi({
  title: 'Devices',
  version: '1.0.0',
  description: 'Devices, and the people who look after them.',
  routes: {
    device: route({
      description: 'One device. The server asks, the device answers.',
      path: '/devices/{deviceId}',
      params: Type.Object(device),
      clientToServer: {
        firmware: stream({
          description: 'The image of a version, in pieces.',
          input: Type.Object({ version: Version }),
          item: binary({ maxBytes: 65_536 }),
          errors: { UNKNOWN_VERSION: Type.Object({}) },
        }),
      },
      serverToClient: {
        adjust: request({
          description: 'Sets the temperature that the device keeps.',
          input: Type.Object({ celsius: Type.Number({ minimum: 5, maximum: 30 }) }),
          output: Type.Object({ celsius: Type.Number() }),
          errors: { BUSY: Type.Object({ retryAfterMs: Type.Integer() }) },
        }),
        install: request({
          description: 'Fetches a version with `firmware` and runs it.',
          input: Type.Object({ version: Version, sha256: Type.String() }),
          output: Type.Object({ version: Version }),
          errors: { BAD_IMAGE: Type.Object({ sha256: Type.String() }) },
        }),
        telemetry: stream({
          description: 'Measures for as long as somebody reads, and no faster than they read.',
          input: Type.Object({ everyMs: Type.Integer({ minimum: 0 }) }),
          item: Reading,
        }),
      },
    }),
    operator: route({
      description: 'Somebody who looks after the devices.',
      path: '/operator',
      clientToServer: {
        list: request({ output: Type.Array(Type.String()), idempotent: true }),
        adjust: request({
          input: Type.Object({ ...device, celsius: Type.Number({ minimum: 5, maximum: 30 }) }),
          output: Type.Object({ celsius: Type.Number() }),
          errors: { ...offline, BUSY: Type.Object({ retryAfterMs: Type.Integer() }) },
        }),
        telemetry: stream({
          description: 'What a device measures, from now on.',
          input: Type.Object({ ...device, everyMs: Type.Integer({ minimum: 0 }) }),
          item: Reading,
          errors: offline,
        }),
        upload: request({
          description: 'Announces a version; the server then asks for its `image`.',
          input: Type.Object({ version: Version, sha256: Type.String() }),
          output: Type.Object({ bytes: Type.Integer() }),
          errors: {
            BAD_IMAGE: Type.Object({ sha256: Type.String() }),
            TOO_LARGE: Type.Object({ maxBytes: Type.Integer() }),
          },
        }),
        install: request({
          input: Type.Object({ ...device, version: Version }),
          output: Type.Object({ version: Version }),
          errors: { ...offline, UNKNOWN_VERSION: Type.Object({}) },
        }),
      },
      serverToClient: {
        image: stream({
          description: 'The image of the version that is being uploaded, in pieces.',
          input: Type.Object({ version: Version }),
          item: binary({ maxBytes: 65_536 }),
        }),
      },
    }),
  },
})
