import type { ServerOptions } from '@wirepact/runtime'
import { Documents } from './documents.js'
import { createServer, type Server } from './generated/server.js'
import { createEditor } from './handlers/editor.js'

export function createEditorServer(options: ServerOptions = {}): Server {
  return createServer({ editor: createEditor(new Documents()) }, options)
}
