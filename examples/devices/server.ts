import type { ServerOptions } from '@wirepact/runtime'
import { Devices } from './devices.js'
import { createServer, type Server } from './generated/server.js'
import { createDevice } from './handlers/device.js'
import { createOperator } from './handlers/operator.js'
import { Images } from './images.js'

export function createDeviceServer(options: ServerOptions = {}): Server {
  const [devices, images] = [new Devices(), new Images()]
  return createServer(
    { device: createDevice(devices, images), operator: createOperator(devices, images) },
    options,
  )
}
