import type { Clock, Random } from '@wirepact/protocol'

/**
 * A pino-like logger: details first, then the message. Payloads are never among the details; `err` is an error without
 * what it carries.
 */
export interface Logger {
  debug(details: object, message: string): void
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
  /** A logger that says these details with every line. Without it, they are added to the details of each line. */
  child?(bindings: object): Logger
}

/** Everything that the runtime core takes from the outside world. */
export interface Environment {
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
}
