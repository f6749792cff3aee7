import type { Logger } from './environment.js'
import { toLoggedError } from './logged-error.js'

const levels = ['debug', 'info', 'warn', 'error'] as const

/**
 * What the runtime logs by. An `error` among the details is logged as `err`, as loggers expect it, without what may
 * hold a payload.
 */
export function createLogger(target: Logger): Logger {
  const logger = mapDetails(target, toSafe)
  return { ...logger, child: (bindings) => createLogger(bindLogger(target, bindings)) }
}

/** A logger that says the bindings with every line: a child of `target`, where that has children. */
export function bindLogger(target: Logger, bindings: object): Logger {
  if (target.child !== undefined) return target.child(bindings)
  const logger = mapDetails(target, (details) => ({ ...bindings, ...details }))
  return { ...logger, child: (more) => bindLogger(target, { ...bindings, ...more }) }
}

function mapDetails(target: Logger, map: (details: object) => object): Logger {
  const log = (level: (typeof levels)[number]) => (details: object, message: string) =>
    target[level](map(details), message)
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') }
}

function toSafe(details: object): object {
  if (!('error' in details)) return details
  const { error, ...rest } = details
  return { ...rest, err: toLoggedError(error) }
}
