import type { Logger, ServerOptions } from '@wirepact/runtime'
import { createServer, type LabContext, type LabHandlers, type Server } from './api/generated/server.js'

/** One line that the server logged. */
export interface Logged {
  readonly level: keyof Logger
  readonly details: Record<string, unknown>
  readonly message: string
}

/** A running laboratory server, and what it logged. */
export interface Lab {
  readonly server: Server
  readonly port: number
  /** Where the `lab` route is, for a room and a name. */
  url(room?: string, query?: string): string
  readonly logged: Logged[]
}

const running: Lab[] = []

/** Handlers that do what the messages say; a test replaces those that it is about. */
export function labHandlers(replaced: Partial<LabHandlers> = {}): LabHandlers {
  return {
    authorize: { vault: () => false },
    async connect(ctx) {
      await ctx.channels.room().join({ presence: { name: ctx.query.name } })
    },
    say: async (ctx, { text }) => void (await ctx.channels.room().publish('said', { text })),
    whisper: async (ctx, { text }) =>
      void (await ctx.channels.room().publish('said', { text }, { except: [ctx.id] })),
    fail() {
      throw new Error('the secret of the failed event')
    },
    add(ctx, { a, b }) {
      if (a + b > 100) throw ctx.errors.TOO_LARGE({ max: 100 })
      return { sum: a + b }
    },
    run: () => null,
    tree: (_ctx, tree) => JSON.stringify(tree).length,
    ...replaced,
  }
}

/** Starts a laboratory on a free port of the loopback interface. */
export async function startLab(
  replaced: Partial<LabHandlers> | (new () => LabHandlers) = {},
  options: ServerOptions = {},
): Promise<Lab> {
  const logged: Logged[] = []
  const log = (level: keyof Logger) => (details: object, message: string) => {
    logged.push({ level, details: details as Record<string, unknown>, message })
  }
  const logger: Logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') }
  const lab = typeof replaced === 'function' ? replaced : labHandlers(replaced)
  const server = createServer({ lab, plain: { ping: () => 'pong' } }, { logger, ...options })
  const { port } = await server.listen({ host: '127.0.0.1' })
  const url = (room = 'lobby', query = 'name=ada') => `ws://127.0.0.1:${port}/lab/${room}?${query}`
  const made: Lab = { server, port, url, logged }
  running.push(made)
  return made
}

/** Stops every server that was started; for `afterEach`. */
export async function stopLabs(): Promise<void> {
  await Promise.all(running.splice(0).map((lab) => lab.server.close({ timeoutMs: 200 })))
}

/** A promise that is resolved from outside. */
export function deferred<T = void>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

export type { LabContext }
