import type { ServerOptions } from '@wirepact/runtime'
import { createServer, type Server } from './generated/server.js'
import { createStudio } from './handlers/studio.js'
import { createViewer } from './handlers/viewer.js'
import { Shows } from './shows.js'

export function createLive(options: ServerOptions = {}): Server {
  const shows = new Shows()
  const show = (showId: string, frame: Uint8Array) =>
    server.routes.viewer.channels.picture({ showId }).publish('frame', frame)
  const server: Server = createServer(
    { studio: createStudio(shows, show), viewer: createViewer(shows) },
    options,
  )
  return server
}
