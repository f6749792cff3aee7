import type { Devices } from '../devices.js'
import type { DeviceHandlers } from '../generated/device/server.js'
import { type Images, toPieces } from '../images.js'

export function createDevice(devices: Devices, images: Images): DeviceHandlers {
  return {
    connect(ctx) {
      devices.add(ctx.params.deviceId, ctx.client)
    },

    disconnect(ctx) {
      devices.remove(ctx.params.deviceId, ctx.client)
    },

    async *firmware(ctx, { version }) {
      const image = images.get(version)
      if (image === undefined) throw ctx.errors.UNKNOWN_VERSION({})
      yield* toPieces(image)
    },
  }
}
