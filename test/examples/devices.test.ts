import { afterEach, expect, test, vi } from 'vitest'
import { createClient } from '../../examples/devices/generated/client.js'
import { toPieces, toSha256 } from '../../examples/devices/images.js'
import { createDeviceServer } from '../../examples/devices/server.js'
import { Thermostat } from '../../examples/devices/thermostat.js'
import { Cable } from '../support/cable.js'
import { noted, serve, stopAll } from '../support/running.js'

afterEach(stopAll)

const deviceId = 'attic'

async function start() {
  const url = await serve(createDeviceServer())
  const cable = new Cable()
  const device = noted(createClient(url, cable.options)).device({ params: { deviceId } })
  const thermostat = new Thermostat(device)
  const operator = noted(createClient(url, { reconnect: { minDelayMs: 20 } })).operator()
  await Promise.all([device.ready(), operator.ready()])
  return { url, cable, device, thermostat, operator }
}

test('a device that was started anew is the one that is asked, whenever the old one goes', async () => {
  const { url, cable, operator } = await start()
  const again = noted(createClient(url)).device({ params: { deviceId } })
  const restarted = new Thermostat(again)
  await again.ready()
  cable.pull()
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(await operator.adjust({ deviceId, celsius: 15 })).toEqual({ celsius: 15 })
  expect(restarted.celsius).toBe(15)
})

test('the server asks the device, and the operator has its answer or its refusal', async () => {
  const { thermostat, operator } = await start()
  expect(await operator.list(undefined)).toEqual([deviceId])
  expect(await operator.adjust({ deviceId, celsius: 18 })).toEqual({ celsius: 18 })
  thermostat.isBusy = true
  expect(await operator.adjust.safe({ deviceId, celsius: 19 })).toMatchObject({
    error: { code: 'BUSY', data: { retryAfterMs: 1000 } },
  })
  expect(await operator.adjust.safe({ deviceId: 'cellar', celsius: 19 })).toMatchObject({
    error: { code: 'OFFLINE' },
  })
  expect(thermostat.celsius).toBe(18)
})

test('a device measures for as long as somebody reads', async () => {
  const { thermostat, operator } = await start()
  const read: number[] = []
  for await (const { celsius } of operator.telemetry({ deviceId, everyMs: 0 }, { maxBuffered: 4 })) {
    read.push(celsius)
    thermostat.celsius++
    if (read.length === 100) break
  }
  expect(read).toHaveLength(100)
  await vi.waitFor(() => expect(thermostat.measuring).toBe(0))
})

test('firmware goes up, is checked, goes down to the device in pieces, and is checked again', async () => {
  const { thermostat, operator } = await start()
  const image = Uint8Array.from({ length: 1_000_000 }, (_, index) => index % 251)
  operator.handle('image', () => toPieces(image))
  const version = '1.1.0'
  expect(await operator.install.safe({ deviceId, version })).toMatchObject({
    error: { code: 'UNKNOWN_VERSION' },
  })
  expect(await operator.upload.safe({ version, sha256: 'other' })).toMatchObject({
    error: { code: 'BAD_IMAGE', data: { sha256: toSha256(image) } },
  })
  expect(await operator.upload({ version, sha256: toSha256(image) })).toEqual({ bytes: 1_000_000 })
  expect(await operator.install({ deviceId, version })).toEqual({ version })
  expect(thermostat.version).toBe(version)
})

test('an image that does not end is not read to its end', async () => {
  const { operator } = await start()
  let made = 0
  operator.handle('image', function* () {
    for (;;) {
      made++
      yield new Uint8Array(65_000)
    }
  })
  expect(await operator.upload.safe({ version: '2.0.0', sha256: '' })).toMatchObject({
    error: { code: 'TOO_LARGE', data: { maxBytes: 16 * 1024 * 1024 } },
  })
  expect(made).toBeLessThan(500)
})

test('a device that comes back is asked on its new connection, and telemetry that broke says so', async () => {
  const { cable, operator } = await start()
  const reading = operator.telemetry({ deviceId, everyMs: 10 })
  await reading.next()
  cable.pull()
  await expect(
    (async () => {
      for await (const _reading of reading);
    })(),
  ).rejects.toThrow()
  await vi.waitFor(async () => expect(await operator.list(undefined)).toEqual([]))
  cable.plug()
  await vi.waitFor(async () => expect(await operator.list(undefined)).toEqual([deviceId]))
  expect(await operator.adjust({ deviceId, celsius: 21 })).toEqual({ celsius: 21 })
})
