import { type Clock, toWirepactError } from '@wirepact/protocol'
import type { Logger } from '../core/environment.js'
import { systemClock } from '../host/system.js'
import type { ConnectContext, Middleware, Next, UpgradeContext } from './middleware.js'

export interface LoggingOptions {
  /** Default: the machine's. */
  readonly clock?: Clock
}

/**
 * Writes down who asks to connect, who connects, and which messages come, with how long each took and the code of
 * what failed. Never a payload, a token, a header or a query. What succeeds is `info`, what fails `warn`. Messages
 * that are refused before middleware, such as those that do not fit their schema, are not seen here.
 */
export function logging(logger: Logger, { clock = systemClock }: LoggingOptions = {}): Middleware {
  const watch = async (next: Next, details: object, done: string) => {
    const startedAt = clock.now()
    try {
      await next()
      logger.info({ ...details, durationMs: clock.now() - startedAt }, done)
    } catch (error) {
      const code = toWirepactError(error).code
      logger.warn({ ...details, code, durationMs: clock.now() - startedAt }, `${done} It failed.`)
      throw error
    }
  }
  return {
    upgrade: (ctx, next) => watch(next, ofRequest(ctx), 'An upgrade was asked for.'),
    connect: (ctx, next) => watch(next, ofConnection(ctx), 'A connection was made.'),
    message: (ctx, { name, kind }, next) =>
      watch(next, { ...ofConnection(ctx), message: name, kind }, 'A message was handled.'),
  }
}

function ofRequest({ route, request }: UpgradeContext): object {
  return { route, path: request.path, remoteAddress: request.remote.address, origin: request.origin }
}

function ofConnection({ route, id, user, request }: ConnectContext): object {
  return { route, connection: id, user, remoteAddress: request.remote.address }
}
