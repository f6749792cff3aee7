import type { Devices } from '../devices.js'
import type { OperatorHandlers } from '../generated/operator/server.js'
import { type Images, joinPieces, maxImageBytes, toSha256 } from '../images.js'

/** Who asks an operator's question asks a device in turn: requests and streams go through, at the reader's pace. */
export function createOperator(devices: Devices, images: Images): OperatorHandlers {
  return {
    list: () => devices.ids,

    async adjust(ctx, { deviceId, celsius }) {
      const device = devices.find(deviceId)
      if (device === undefined) throw ctx.errors.OFFLINE({})
      const { ok, output, error } = await device.adjust.safe({ celsius }, { timeoutMs: 5000 })
      if (ok) return output
      throw error.code === 'BUSY' ? ctx.errors.BUSY(error.data) : error
    },

    async *telemetry(ctx, { deviceId, everyMs }) {
      const device = devices.find(deviceId)
      if (device === undefined) throw ctx.errors.OFFLINE({})
      yield* device.telemetry({ everyMs }, { signal: ctx.signal })
    },

    /** The server asks back for the bytes: so it sets the pace, and can stop. */
    async upload(ctx, { version, sha256 }) {
      const image = await joinPieces(ctx.client.image({ version }))
      if (image === undefined) throw ctx.errors.TOO_LARGE({ maxBytes: maxImageBytes })
      if (toSha256(image) !== sha256) throw ctx.errors.BAD_IMAGE({ sha256: toSha256(image) })
      images.set(version, image)
      return { bytes: image.byteLength }
    },

    async install(ctx, { deviceId, version }) {
      const image = images.get(version)
      const device = devices.find(deviceId)
      if (device === undefined) throw ctx.errors.OFFLINE({})
      if (image === undefined) throw ctx.errors.UNKNOWN_VERSION({})
      return device.install({ version, sha256: toSha256(image) })
    },
  }
}
