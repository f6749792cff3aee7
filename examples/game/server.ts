import type { ServerOptions } from '@wirepact/runtime'
import { Field } from './field.js'
import { createServer, type Server } from './generated/server.js'
import { createGame } from './handlers/game.js'

export interface Game {
  readonly server: Server
  /** Moves every field by one step and shows it to its players. Resolves when they have been told. */
  tick(): Promise<void>
}

export function createGameServer(options: ServerOptions = {}): Game {
  const fields = new Map<string, Field>()
  const get = (fieldId: string) => {
    const field = fields.get(fieldId) ?? new Field()
    fields.set(fieldId, field)
    return field
  }
  const server = createServer({ game: createGame({ get }) }, options)

  const show = async (fieldId: string, field: Field) => {
    if (field.isEmpty) fields.delete(fieldId)
    else await server.routes.game.channels.field({ fieldId }).publish('state', field.step())
  }
  const tick = async () => {
    await Promise.all([...fields].map(([fieldId, field]) => show(fieldId, field)))
  }
  return { server, tick }
}
