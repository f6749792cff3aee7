import type { ServerOptions } from '@wirepact/runtime'
import { createServer, type Server } from './generated/server.js'
import { createNotifications } from './handlers/notifications.js'
import { Inboxes } from './inboxes.js'

export function createNotificationServer(options: ServerOptions = {}): Server {
  return createServer({ notifications: createNotifications(new Inboxes()) }, options)
}
