import { setTimeout as wait } from 'node:timers/promises'
import type { DeviceConnection } from './generated/client.js'
import { joinPieces, toSha256 } from './images.js'

/** A device: it answers what the server asks, on every connection that it makes. */
export class Thermostat {
  readonly #connection: DeviceConnection
  version = '1.0.0'
  celsius = 20
  isBusy = false
  /** How many read what it measures. */
  measuring = 0

  constructor(connection: DeviceConnection) {
    this.#connection = connection
    connection.handle('adjust', ({ celsius }, { errors }) => {
      if (this.isBusy) throw errors.BUSY({ retryAfterMs: 1000 })
      this.celsius = celsius
      return { celsius }
    })
    connection.handle('telemetry', ({ everyMs }, { signal }) => this.#measure(everyMs, signal))
    connection.handle('install', async ({ version, sha256 }, { errors }) => {
      const image = await this.#fetch(version)
      if (toSha256(image) !== sha256) throw errors.BAD_IMAGE({ sha256: toSha256(image) })
      this.version = version
      return { version }
    })
  }

  /** Ends when nobody reads any more. */
  async *#measure(everyMs: number, signal: AbortSignal) {
    this.measuring++
    while (!signal.aborted) {
      yield { celsius: this.celsius, at: Date.now() }
      await wait(everyMs)
    }
    this.measuring--
  }

  async #fetch(version: string): Promise<Uint8Array> {
    const image = await joinPieces(this.#connection.firmware({ version }))
    if (image === undefined) throw new Error('The image is too large.')
    return image
  }
}
