import type { Clock, Random } from '@wirepact/protocol'

/** A pino-like logger: details first, then the message. Payloads are never among the details. */
export interface Logger {
  debug(details: object, message: string): void
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

/** Everything that the runtime core takes from the outside world. */
export interface Environment {
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
}
