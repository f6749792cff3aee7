import { closeCodes } from '@wirepact/protocol'
import type { Logger } from './environment.js'
import type { ObservedConnection, Observer } from './observer.js'

/**
 * Writes down, at the level `debug`, when connections open and close, what was refused and why, what was dropped, and
 * which members have gaps; connections that are closed since they did not keep up at `warn`. Never a payload, nor a
 * reason or name that a client has made up. Handlers that fail are logged without it.
 */
export function createLogObserver(logger: Logger): Observer {
  const of = ({ id, route }: ObservedConnection) => ({ connection: id, route })
  return {
    opened: (connection) => {
      const remoteAddress = connection.request.remote.address
      logger.debug({ ...of(connection), remoteAddress }, 'A connection is open.')
    },
    closed(connection, { code, wasClean }) {
      const details = { ...of(connection), code, wasClean }
      if (code === closeCodes.SLOW_CONSUMER) logger.warn(details, 'A connection did not keep up.')
      else logger.debug(details, 'A connection has ended.')
    },
    refused: ({ code, path }) => logger.debug({ code, path }, 'A client was refused.'),
    failed: ({ connection, name, code, isBad }) =>
      logger.debug(
        { ...of(connection), message: name, code, isBad },
        'A message was answered with an error.',
      ),
    dropped: (connection, policy) => logger.debug({ ...of(connection), policy }, 'A message was dropped.'),
    started(channel, start) {
      if (start !== 'fresh' && start !== 'recovered')
        logger.debug({ channel: channel.name, reason: start }, 'A member has a gap.')
    },
  }
}
