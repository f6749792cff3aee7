import type { Timer } from '@wirepact/protocol'
import type { AttendanceParts } from './attendance.js'

/** How long after a failure the engine is asked again. */
const retryDelayMs = 1_000

interface Departure {
  readonly channel: string
  readonly connection: string
}

/**
 * Takes members out of the presence. Those that the engine failed to take out are not there any more, whatever it
 * says, so it is asked again until it has done so.
 */
export class Departures {
  readonly #parts: Pick<AttendanceParts, 'engine' | 'environment' | 'limits'>
  /** By channel and connection, those that are still to be taken out. */
  readonly #owed = new Map<string, Departure>()
  #timer: Timer

  constructor(parts: Pick<AttendanceParts, 'engine' | 'environment' | 'limits'>) {
    this.#parts = parts
  }

  /** Never rejects: whoever leaves has left. */
  async leave(channel: string, connection: string): Promise<void> {
    try {
      await this.#parts.engine.leave(channel, connection)
    } catch (error) {
      this.#parts.environment.logger.error({ error, channel }, 'The engine failed a channel.')
      this.#owe({ channel, connection })
    }
  }

  /** One that came again is not to be taken out any more. */
  cancel(channel: string, connection: string): void {
    if (this.#owed.size > 0) this.#owed.delete(toKey({ channel, connection }))
  }

  close(): void {
    this.#parts.environment.clock.stopTimer(this.#timer)
    this.#timer = undefined
    this.#owed.clear()
  }

  #owe(departure: Departure): void {
    if (this.#owed.size >= this.#parts.limits.maxLingering) return
    this.#owed.set(toKey(departure), departure)
    this.#timer ??= this.#parts.environment.clock.startTimer(() => this.#retry(), retryDelayMs)
  }

  #retry(): void {
    this.#timer = undefined
    const owed = [...this.#owed.values()]
    this.#owed.clear()
    for (const departure of owed) void this.#leaveAgain(departure)
  }

  /** The failure was told when it was the first. */
  async #leaveAgain(departure: Departure): Promise<void> {
    try {
      await this.#parts.engine.leave(departure.channel, departure.connection)
    } catch {
      this.#owe(departure)
    }
  }
}

function toKey({ channel, connection }: Departure): string {
  return `${connection}\0${channel}`
}
