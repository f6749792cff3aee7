import type { ServerOptions } from '@wirepact/runtime'
import { createServer, type Server } from './generated/server.js'
import { messenger } from './handlers/messenger.js'

export function createMessenger(options: ServerOptions = {}): Server {
  return createServer({ messenger }, options)
}
