import type { ServerOptions } from '@wirepact/runtime'
import { createServer, type Server } from './generated/server.js'
import { echo } from './handlers/echo.js'
import { lines } from './handlers/lines.js'

/** `logger` takes any pino-like logger; the default writes warnings and errors to the console. */
export function createEcho(options: ServerOptions = {}): Server {
  return createServer({ echo, lines }, options)
}
