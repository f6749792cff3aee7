import type { Logger, ServerOptions } from '@wirepact/runtime'
import { FakeClock, MemoryNetwork } from '@wirepact/runtime/testing'
import { createClient } from './hall/generated/client.js'
import { createServer, type HallHandlers } from './hall/generated/server.js'

const started: { close(): unknown }[] = []

/** Ends everything that {@link startHall} started; for `afterEach`. */
export async function stopHalls(): Promise<void> {
  for (const one of started.splice(0).reverse()) await one.close()
}

/** A server with every kind of channel, and what comes to it over a network within the process. */
export function startHall(replaced: Partial<HallHandlers> = {}, options: ServerOptions = {}) {
  const clock = new FakeClock(1_000_000)
  const environment = { clock }
  const errors: object[] = []
  const quiet = () => undefined
  const logger: Logger = { debug: quiet, info: quiet, warn: quiet, error: (details) => errors.push(details) }
  const handlers: HallHandlers = {
    authorize: { people: () => true },
    connect(ctx) {
      if (ctx.query.user !== undefined) ctx.grant({ user: ctx.query.user })
    },
    ...replaced,
  }
  const server = createServer(
    { hall: handlers },
    { environment, validateOutput: 'always', logger, ...options },
  )
  const network = new MemoryNetwork(server)
  started.push({ close: () => Promise.all([server.close(), clock.advance(20_000)]) })
  /** A client of its own, with a session of its own. */
  const open = async (name: string, user?: string) => {
    const client = createClient('ws://test', { WebSocket: network.WebSocket, environment })
    started.push(client)
    const query = { name, ...(user !== undefined && { user }) }
    const hall = client.hall({ params: { hallId: 'a' }, query })
    await clock.settle()
    return hall
  }
  return { clock, server, network, open, errors, channels: server.routes.hall.channels }
}
